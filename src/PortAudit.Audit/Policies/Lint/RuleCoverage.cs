using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Lint;

/// <summary>
/// Tells which rules of a list never match, as others take all of their packets before. A packet of the rule is
/// looked up in an index of the other rules; without another rule that surely takes it, the rule is not covered.
/// Otherwise the other rule's box is cut out, and what is left is looked at in the same way.
/// </summary>
internal sealed class RuleCoverage
{
    /// <summary>Boxes that one rule may fall into. Rules that are cut into more than that are not claimed to be
    /// covered.</summary>
    public const int MaxPieces = 512;

    /// <summary>Boxes that all rules of a list may fall into, so that no list takes more than seconds.</summary>
    public const int MaxPiecesOfList = 400_000;

    /// <summary>Rules that are tried for one that covers a box alone.</summary>
    private const int MaxTried = 64;

    private readonly PolicyList _list;
    private readonly ImmutableArray<int> _places;
    private readonly ImmutableArray<RulePiece>[] _least;
    private readonly RuleIndex _index;
    private readonly bool[] _isRemoved;
    private int _pieces;

    /// <summary>Indexes the rules of a list that surely take packets: those without conditions that decide, or leave
    /// the list.</summary>
    public RuleCoverage(PolicyList list)
    {
        _list = list;
        _places = [.. Enumerable.Range(0, list.Rules.Length).Where(place => MayCover(list.Rules[place]))];
        _index = new RuleIndex([.. _places.Select(place => list.Rules[place])]);
        _least = [.. _places.Select(place => RulePiece.LeastOf(list.Rules[place]))];
        _isRemoved = new bool[list.Rules.Length];
    }

    /// <summary>Rules that overlap with too many others to be sure of.</summary>
    public int NotAnalysed { get; private set; }

    /// <summary>The places of rules in the order in which they are to be asked for: where the order of rules does not
    /// matter, the last of several equal ones is the one that can go.</summary>
    public IEnumerable<int> Places() => _list.Order switch
    {
        PolicyOrder.FirstMatch => Enumerable.Range(0, _list.Rules.Length),
        PolicyOrder.BlockFirst => Enumerable.Range(0, _list.Rules.Length).Reverse(),
    };

    /// <summary>The rules that together take all packets of a rule before it; null when there are none, or when that is
    /// not sure. A rule that was found so covers no other in a list without order.</summary>
    public ImmutableArray<PolicyRule>? CoverOf(int place)
    {
        var rule = _list.Rules[place];
        var whole = RulePiece.MostOf(rule);
        if (!rule.IsEnabled || whole.IsEmpty)
            return null;
        var cover = CoverAlone(place, whole) is { } alone ? [alone] : CoverTogether(place, whole);
        if (cover is null)
            return null;
        _isRemoved[place] = _list.Order == PolicyOrder.BlockFirst;
        return [.. cover.Order().Select(number => _list.Rules[_places[number]])];
    }

    private static bool MayCover(PolicyRule rule) => rule is { IsEnabled: true, Conditions.IsEmpty: true }
        && rule.Action switch
        {
            PolicyAction.Permit or PolicyAction.Drop or PolicyAction.Reject or PolicyAction.Goto
                or PolicyAction.Return => true,
            PolicyAction.Continue or PolicyAction.Jump => false,
        };

    private int? CoverAlone(int place, ImmutableArray<RulePiece> whole)
    {
        foreach (var number in Takers(place, whole[0]).Take(MaxTried))
        {
            if (whole.All(piece => _least[number].Any(other => other.Contains(piece))))
                return number;
        }

        return null;
    }

    private HashSet<int>? CoverTogether(int place, ImmutableArray<RulePiece> whole)
    {
        var open = new Stack<RulePiece>(whole);
        HashSet<int> cover = [];
        for (var pieces = 0; open.Count > 0; pieces++)
        {
            if (pieces >= MaxPieces || _pieces++ >= MaxPiecesOfList)
            {
                NotAnalysed++;
                return null;
            }

            var piece = open.Pop();
            var corner = piece.Corner;
            if (Takers(place, piece).Cast<int?>().FirstOrDefault() is not { } number)
                return null;
            cover.Add(number);
            var taken = _least[number].First(other => other.HasZonesOf(piece) && other.Box.Contains(corner));
            foreach (var rest in piece.Box.Except(taken.Box))
                open.Push(piece with { Box = rest });
        }

        return cover;
    }

    /// <summary>Rules that surely take one packet of a piece, and that come before the rule at a place.</summary>
    private IEnumerable<int> Takers(int place, RulePiece piece)
    {
        var corner = piece.Corner;
        foreach (var number in _index.Positions(corner))
        {
            if (_list.Order == PolicyOrder.FirstMatch && _places[number] >= place)
                yield break;
            if (Precedes(_places[number], place)
                && _least[number].Any(other => other.HasZonesOf(piece) && other.Box.Contains(corner)))
                yield return number;
        }
    }

    private bool Precedes(int other, int place)
    {
        if (_list.Order == PolicyOrder.FirstMatch)
            return other < place;
        var (first, second) = (_list.Rules[other], _list.Rules[place]);
        if (other == place || _isRemoved[other] || !first.IsDecision)
            return false;
        return Rank(first) <= Rank(second);
    }

    /// <summary>In lists without order: what overrides blocks comes first, then what blocks, what permits, and the
    /// default.</summary>
    private static int Rank(PolicyRule rule) => rule switch
    {
        { IsImplicit: true } => 3,
        { OverridesBlocks: true } => 0,
        { Action: PolicyAction.Permit } => 2,
        _ => 1,
    };
}
