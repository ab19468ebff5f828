using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Compares what a host did with the signs, and gives the roles that this suggests.</summary>
/// <param name="ledger">What hosts did.</param>
/// <param name="roles">The hierarchy of roles.</param>
internal sealed class RoleJudge(RoleLedger ledger, RoleTree roles)
{
    private readonly SignIndex _book = ledger.Book;

    /// <summary>The roles that a host's behaviour suggests, highest confidence first, then those of few hosts before
    /// those of many, then in the order of the signs.</summary>
    /// <param name="addresses">Addresses of the host.</param>
    /// <param name="tally">What it did.</param>
    /// <param name="isStranger">True for an unlisted public address: its roles have one step less confidence, and need
    /// a public client.</param>
    public ImmutableArray<RoleFound> RolesOf(ImmutableArray<IpAddress> addresses, HostTally tally, bool isStranger)
    {
        var met = _book.Signs.Select((sign, index) => Met(sign, index, addresses, tally, isStranger)).OfType<MetSign>()
            .ToList();
        var shown = met.Select(sign => sign.Sign.Role).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var found = met.Where(sign => !sign.Sign.Unless.Any(other => roles.IsAny(shown.AsSpan(), other)))
            .GroupBy(sign => sign.Sign.Role, StringComparer.Ordinal)
            .Select(OfSigns)
            .ToList();
        return
        [
            .. found.Where(role => !found.Any(other => IsImpliedBy(role, other)))
                .Select(role => role with { Evidence = [.. role.Evidence,
                    .. found.Where(other => IsImpliedBy(other, role)).SelectMany(other => other.Evidence)] })
                .Select(role => role with { Evidence =
                    [.. role.Evidence.DistinctBy(evidence => (evidence.Mark.Text, evidence.Served))] })
                .OrderByDescending(role => role.Confidence).ThenBy(role => role.IsOfMany),
        ];
    }

    /// <summary>True when another role is a kind of this one and at least as certain: a host of that role is one of
    /// this, too.</summary>
    private bool IsImpliedBy(RoleFound role, RoleFound other) =>
        other.Role != role.Role && other.Confidence >= role.Confidence && roles.IsA(other.Role, role.Role);

    private RoleFound OfSigns(IGrouping<string, MetSign> signs)
    {
        var ordered = signs.OrderByDescending(sign => sign.Confidence).ThenBy(sign => sign.Index).ToList();
        var best = ordered[0];
        return new RoleFound(
            signs.Key,
            roles.Find(signs.Key)?.Title ?? signs.Key,
            best.Confidence,
            best.Reason,
            best.Sign.IsOfMany,
            !best.Sign.Serves.IsEmpty,
            [.. ordered.SelectMany(sign => sign.Evidence)
                .DistinctBy(evidence => (evidence.Mark.Text, evidence.Served))]);
    }

    private MetSign? Met(Sign sign, int index, ImmutableArray<IpAddress> addresses, HostTally tally, bool isStranger)
    {
        var evidence = ImmutableArray.CreateBuilder<RoleEvidence>(sign.Serves.Length + sign.Uses.Length);
        foreach (var mark in sign.Serves)
        {
            if (tally.Served.GetValueOrDefault(_book.NumberOf(mark)) is not { } served
                || !served.HasPeerOtherThan(ledger.IsScanner))
                return null;
            evidence.Add(EvidenceOf(mark, isServed: true, addresses, served));
        }

        foreach (var mark in sign.Uses)
        {
            if (tally.Used.GetValueOrDefault(_book.NumberOf(mark)) is not { } used || addresses.Any(ledger.IsScanner))
                return null;
            evidence.Add(EvidenceOf(mark, isServed: false, addresses, used));
        }

        if (isStranger && evidence.All(entry => !entry.HasMorePeers && entry.Peers.All(Site.AddressScope.IsInternal)))
            return null;
        var (confidence, reason) = Weigh(sign, evidence, isStranger);
        return new MetSign(sign, index, confidence, reason, evidence.DrainToImmutable());
    }

    private static (Confidence Confidence, string Reason) Weigh(Sign sign, IReadOnlyList<RoleEvidence> evidence,
        bool isStranger)
    {
        var confidence = sign.Confidence;
        var reason = $"sign {confidence.ToText()}";
        var basis = evidence.Min(entry => entry.Basis);
        if (basis.Ceiling() < confidence)
        {
            confidence = basis.Ceiling();
            reason += $"; {basis.ToText()}, so at most {confidence.ToText()}";
        }

        if (isStranger && confidence > Confidence.Low)
        {
            confidence--;
            reason += "; public address, so one step less";
        }

        return (confidence, reason);
    }

    /// <summary>What flows say of a host.</summary>
    /// <param name="mark">The mark that they met.</param>
    /// <param name="isServed">True when the host answered, false when it asked.</param>
    /// <param name="addresses">Addresses of the answering end.</param>
    /// <param name="tally">The flows, at least one.</param>
    public static RoleEvidence EvidenceOf(Mark mark, bool isServed, ImmutableArray<IpAddress> addresses,
        MarkTally tally)
    {
        ImmutableArray<(IpProtocol Transport, ushort Port)> ports = [.. tally.Ports.Kept];
        ImmutableArray<FlowTuple> endpoints =
        [
            .. addresses.SelectMany(address => ports.Select(port =>
                new FlowTuple(port.Transport, default, default, new Endpoint(address, port.Port)))),
        ];
        return new RoleEvidence(
            mark,
            isServed,
            tally.Basis,
            tally.Flows,
            [.. tally.Peers.Kept],
            tally.Peers.IsOverflown,
            ports,
            tally.First!,
            tally.LastNs,
            DisplayFilter.OfFlows(endpoints, FilterGrain.Responder))
        {
            Frame = tally.First!.ProtocolFrame ?? (tally.First.Frames is [var first, ..] ? first : null),
        };
    }

    private sealed record MetSign(Sign Sign, int Index, Confidence Confidence, string Reason,
        ImmutableArray<RoleEvidence> Evidence);
}
