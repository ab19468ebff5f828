namespace PortAudit.Profile;

/// <summary>
/// The kinds of records that the runtime writes and a compiler reads (<c>PgoInstrumentationKind</c> in the runtime's
/// src/coreclr/inc/corjit.h): what is counted from bit 6 on, below it alignment, and the shape of a value in the lowest
/// four bits.
/// </summary>
internal static class CounterKind
{
    /// <summary>How often control went over an edge from one block to another.</summary>
    public const int Edge = (6 << 6) | FourBytes;

    /// <summary>How often a call of an interface or of a virtual method was made; <see cref="TypesOfCalls"/>
    /// follows.</summary>
    public const int Calls = (2 << 6) | PointerAligned | FourBytes;

    /// <summary>A sample of the types that such a call was made on.</summary>
    public const int TypesOfCalls = (3 << 6) | TypeHandle;

    private const int FourBytes = 1;
    private const int TypeHandle = 3;
    private const int PointerAligned = 0x30;
}
