using System.Collections.Immutable;
using PortAudit.Audit.Administration;
using PortAudit.Audit.Connections;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit;

/// <summary>What alike flows (<see cref="FlowLikeness"/>) have to have in common so that an audit may take their sum
/// for each of them: the report is the same, but for the frames and filters of its evidence.</summary>
public sealed record FlowGrouping
{
    /// <summary>Originators' ports below are told apart, those from here on only by <see cref="PortBounds"/>: systems
    /// give them out for a time (RFC 6056 §3.2; Linux from 32768 on, Windows from 49152 on).</summary>
    public const int FirstGroupedPort = 32_768;

    /// <summary>Bounds of ports at most: each is a comparison for every flow.</summary>
    public const int MaximumPortBounds = 64;

    /// <summary>Flows with more payload, in bytes of both directions, are told apart from those with less.</summary>
    public const long PayloadBound = AdministrationTally.MaximumLoginBytes;

    /// <summary>Nanoseconds: when a host answered is wanted as multiples of this.</summary>
    public const long AnswerWidthNs = AnswerLedger.WidthNs;

    /// <summary>Ports from <see cref="FirstGroupedPort"/> on at which a rule's range begins or has ended, ascending: an
    /// originator's port may be the service of a rule for the other direction.</summary>
    public required ImmutableArray<int> PortBounds { get; init; }

    /// <summary>Receives a host that answered a flow counted together with others, and a start of such flows, rounded
    /// down to <see cref="AnswerWidthNs"/>.</summary>
    public required Action<IpAddress, long> Answered { get; init; }

    /// <summary>How flows are counted together for rules, which tell an originator's port by narrow ranges, and for a
    /// selection, which tells any port; null when there are too many bounds.</summary>
    internal static FlowGrouping? Of(IEnumerable<BoundRule> rules, FlowSelection? selection, AnswerLedger answers)
    {
        ImmutableArray<int> bounds =
        [
            .. rules.SelectMany(rule => rule.Ports).Where(range => range.Size <= FlowJudge.WidestServiceRange)
                .Concat(selection?.Criteria.Ports ?? [])
                .SelectMany(range => new[] { (int)range.First, range.Last + 1 })
                .Where(port => port is > FirstGroupedPort and <= ushort.MaxValue).Distinct().Order(),
        ];
        return bounds.Length > MaximumPortBounds
            ? null
            : new FlowGrouping { PortBounds = bounds, Answered = (host, startNs) => answers.Add("", host, startNs) };
    }
}
