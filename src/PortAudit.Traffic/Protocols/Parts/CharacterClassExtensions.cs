namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Searches for what a <see cref="CharacterClass"/> does not have, under the framework's names for such
/// searches.</summary>
internal static class CharacterClassExtensions
{
    /// <summary>Index of the first octet that is not in the set, -1 when all are.</summary>
    public static int IndexOfAnyExcept(this ReadOnlySpan<byte> octets, CharacterClass characters) =>
        characters.IndexOfOther(octets);

    /// <summary>True when an octet is not in the set.</summary>
    public static bool ContainsAnyExcept(this ReadOnlySpan<byte> octets, CharacterClass characters) =>
        characters.IndexOfOther(octets) >= 0;
}
