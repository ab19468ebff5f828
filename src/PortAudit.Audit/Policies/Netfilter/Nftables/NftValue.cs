using System.Collections.Immutable;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>What an expression is compared with, in either form of a ruleset.</summary>
internal abstract record NftValue;

/// <summary>A number, an address, a name; a prefix or range as the text form writes it.</summary>
internal sealed record NftWord(string Text) : NftValue;

/// <summary>A range with both ends.</summary>
internal sealed record NftRange(string First, string Last) : NftValue;

/// <summary>The parts of a concatenation (<c>10.0.0.1 . 80</c>).</summary>
internal sealed record NftTuple(ImmutableArray<NftValue> Parts) : NftValue;

/// <summary>Several values.</summary>
/// <param name="Elements">The values.</param>
/// <param name="IsFlags">True for bits that are put together (<c>syn,ack</c>, <c>syn | ack</c>), false for a set of
/// values.</param>
internal sealed record NftMany(ImmutableArray<NftElement> Elements, bool IsFlags) : NftValue;

/// <summary>A set or map by its name (<c>@blocked</c>).</summary>
internal sealed record NftNamed(string Name) : NftValue;

/// <summary>What could not be read.</summary>
/// <param name="Reason">Why, in a clause.</param>
internal sealed record NftOpaque(string Reason) : NftValue;

/// <summary>An element of a set, or of a map with its verdict.</summary>
internal sealed record NftElement(NftValue Key, NftVerdict? Verdict = null)
{
    /// <summary>The key of an element that stands for all others (<c>*</c>).</summary>
    public static NftWord Others { get; } = new("*");
}
