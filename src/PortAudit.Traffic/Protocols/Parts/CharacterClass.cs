using System.Runtime.Intrinsics;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>
/// A set of octets that words or lines are made of. The framework's <see cref="System.Buffers.SearchValues{T}"/> needs,
/// for a set of many octets, an instruction that the oldest x64 processors do not have: in a program that is compiled
/// ahead for all of them a loop of thirty instructions for each octet takes its place.
/// </summary>
internal sealed class CharacterClass
{
    private const sbyte Delete = 0x7F;

    private readonly bool[] _holds = new bool[byte.MaxValue + 1];

    /// <summary>From this octet on the set has all but, perhaps, the control character 0x7F; it is 0x7F where there is
    /// no such octet.</summary>
    private readonly sbyte _allFrom;

    /// <summary>Makes the set of some octets.</summary>
    public CharacterClass(ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
            _holds[octet] = true;
        _allFrom = FirstOfAll(_holds);
    }

    /// <summary>True for an octet of the set.</summary>
    public bool Contains(byte octet) => _holds[octet];

    /// <summary>Index of the first octet that is not in the set, -1 when all are.</summary>
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

    /// <summary>True when octets are known to be in the set without looking at each of them. Those above ASCII are
    /// negative here.</summary>
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
