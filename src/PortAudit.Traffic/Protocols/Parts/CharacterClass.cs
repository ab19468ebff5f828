using System.Runtime.Intrinsics;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A set of octets. Replaces the framework's <see cref="System.Buffers.SearchValues{T}"/>, which for large
/// sets needs an instruction missing on the oldest x64 processors; code compiled ahead for all of them would use a slow
/// loop.</summary>
internal sealed class CharacterClass
{
    private const sbyte Delete = 0x7F;

    private readonly bool[] _holds = new bool[byte.MaxValue + 1];

    /// <summary>The set contains all octets from here on, except perhaps 0x7F; 0x7F when there is no such
    /// octet.</summary>
    private readonly sbyte _allFrom;

    public CharacterClass(ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
            _holds[octet] = true;
        _allFrom = FirstOfAll(_holds);
    }

    public bool Contains(byte octet) => _holds[octet];

    /// <summary>Index of the first octet not in the set; -1 when all are.</summary>
    public int IndexOfOther(ReadOnlySpan<byte> octets)
    {
        for (var at = 0; at < octets.Length;)
        {
            var block = octets[at..Math.Min(octets.Length, at + Vector128<byte>.Count)];
            if (block.Length < Vector128<byte>.Count || _allFrom == Delete || !AreAll(Vector128.Create(block)))
            {
                for (var within = 0; within < block.Length; within++)
                {
                    if (!_holds[block[within]])
                        return at + within;
                }
            }

            at += block.Length;
        }

        return -1;
    }

    /// <summary>True when all octets are certainly in the set. Non-ASCII octets are negative here.</summary>
    private bool AreAll(Vector128<byte> octets)
    {
        var numbers = octets.AsSByte();
        var isBelow = Vector128.LessThan(numbers,
            Vector128.Create(_allFrom)) & Vector128.GreaterThan(numbers, Vector128<sbyte>.AllBitsSet);
        return (isBelow | Vector128.Equals(numbers, Vector128.Create(Delete))) == Vector128<sbyte>.Zero;
    }

    private static sbyte FirstOfAll(ReadOnlySpan<bool> holds) =>
        holds[(Delete + 1)..].Contains(false) ? Delete : (sbyte)(holds[..Delete].LastIndexOf(false) + 1);
}

/// <summary>Search methods for <see cref="CharacterClass"/>, named as in the framework.</summary>
internal static class CharacterClassExtensions
{
    /// <summary>Index of the first octet not in the set; -1 when all are.</summary>
    public static int IndexOfAnyExcept(this ReadOnlySpan<byte> octets, CharacterClass characters) =>
        characters.IndexOfOther(octets);

    public static bool ContainsAnyExcept(this ReadOnlySpan<byte> octets, CharacterClass characters) =>
        characters.IndexOfOther(octets) >= 0;
}
