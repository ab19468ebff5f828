namespace PortAudit.Audit.State;

/// <summary>How a state refers to what it holds once: nothing, something that follows, or something that came before,
/// by its number.</summary>
internal static class StateReference
{
    /// <summary>Nothing.</summary>
    public const ulong None = 0;

    /// <summary>Something new, which follows.</summary>
    public const ulong New = 1;

    private const ulong First = 2;

    /// <summary>The one of a number, counted from 0.</summary>
    public static ulong To(int number) => First + (ulong)number;

    /// <summary>The one that a reference names among those known.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public static T Resolve<T>(ulong reference, List<T> known) => reference - First < (ulong)known.Count
        ? known[(int)(reference - First)]
        : throw new InvalidDataException("a reference leads to nothing");
}
