using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>What a comparison matches.</summary>
/// <param name="Matches">The packets; null when it is not evaluated.</param>
/// <param name="Reason">Why it is not evaluated; null when the field itself says it.</param>
internal readonly record struct NftComparisonResult(IReadOnlyList<PacketMatch>? Matches, string? Reason = null);

/// <summary>Evaluates comparisons, named sets and concatenations included.</summary>
/// <param name="sets">The named sets.</param>
internal sealed class NftComparison(NftSets sets)
{
    // Sets are named by many rules, and may have many elements.
    private readonly Dictionary<(TableDraft Table, string Fields, string Operator, string Set),
        NftComparisonResult> _known = [];

    /// <summary>What a comparison matches.</summary>
    public NftComparisonResult Match(TableDraft table, NftMatch match)
    {
        if (match.Right is not NftNamed named)
            return Evaluate(table, match);
        var key = (table, string.Join('.', match.Fields), match.Operator, named.Name);
        if (!_known.TryGetValue(key, out var result))
            _known.Add(key, result = Evaluate(table, match));
        return result;
    }

    /// <summary>A value with the elements of a named set in place of its name; null when they are not known.</summary>
    public NftValue? Resolve(TableDraft table, NftValue value, out string? reason)
    {
        reason = value is NftOpaque opaque ? opaque.Reason : null;
        if (value is NftMany many)
            reason = many.Elements.Select(element => (element.Key as NftOpaque)?.Reason)
                .FirstOrDefault(why => why is not null);
        if (value is not NftNamed named)
            return reason is null ? value : null;
        var name = ConfigurationText.Shown(named.Name);
        if (sets.Find(table, named.Name) is not { } set)
        {
            reason = $"the set '{name}' is not in the file";
            return null;
        }

        if (set.IsDynamic)
        {
            reason = $"the set '{name}' changes while the rules run";
            return null;
        }

        return Resolve(table, new NftMany(set.Elements.ToImmutable(), IsFlags: false), out reason);
    }

    private NftComparisonResult Evaluate(TableDraft table, NftMatch match)
    {
        if (Resolve(table, match.Right, out var reason) is not { } right)
            return new NftComparisonResult(null, reason);
        if (match.Fields.Length > 1)
            return Tuples(match, right);
        return NftFieldMatch.Match(match.Fields[0], match.Operator, match.Mask, right, match.Text) is { } matches
            ? new NftComparisonResult(matches)
            : new NftComparisonResult(null, Word(match, right));
    }

    /// <summary>An element of a concatenation has a value for each of the fields.</summary>
    private static NftComparisonResult Tuples(NftMatch match, NftValue right)
    {
        if (match.Operator is not ("" or "==" or "in") || match.Mask is not null)
            return new NftComparisonResult(null, "a concatenation with this operator is not evaluated");
        ImmutableArray<NftElement> elements = right is NftMany many ? many.Elements : [new NftElement(right)];
        if (elements.Length > RuleDraft.MaxCombinations)
            return new NftComparisonResult(null, $"more than {RuleDraft.MaxCombinations} combinations");
        var matches = new List<PacketMatch>();
        foreach (var element in elements)
        {
            if (element.Key is not NftTuple tuple || tuple.Parts.Length != match.Fields.Length)
                return new NftComparisonResult(null, "an element does not have the fields of the concatenation");
            IReadOnlyList<PacketMatch> both = [PacketMatch.Any];
            for (var index = 0; index < tuple.Parts.Length; index++)
            {
                if (NftFieldMatch.Match(match.Fields[index], "==", null, tuple.Parts[index],
                    match.Text) is not { } part)
                    return new NftComparisonResult(null,
                        $"'{ConfigurationText.Shown(match.Fields[index])}' of a concatenation is not evaluated");
                both = [.. both.SelectMany(first => part.Select(first.And))];
                if (both.Count > RuleDraft.MaxCombinations)
                    return new NftComparisonResult(null, $"more than {RuleDraft.MaxCombinations} combinations");
            }

            matches.AddRange(both);
        }

        return matches.Count == 0
            ? new NftComparisonResult([PacketMatch.OfProtocols(Model.IntervalSet.Empty<byte>())])
            : new NftComparisonResult(matches);
    }

    /// <summary>Names the value that a known field does not have; null when the field is not known.</summary>
    private static string? Word(NftMatch match, NftValue right)
    {
        if (!NftFieldMatch.IsKnown(match.Fields[0]))
            return null;
        var word = right as NftWord ?? (right as NftMany)?.Elements.Select(element => element.Key).OfType<NftWord>()
            .FirstOrDefault(word => !char.IsAsciiDigit(word.Text.FirstOrDefault()));
        return word is null
            ? $"a value of '{match.Fields[0]}' is not evaluated"
            : $"'{ConfigurationText.Shown(word.Text)}' is not evaluated for '{match.Fields[0]}'";
    }
}
