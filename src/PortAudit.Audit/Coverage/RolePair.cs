using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Coverage;

/// <summary>What passed between two roles.</summary>
/// <param name="From">Originating role.</param>
/// <param name="To">Responding role.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Bytes">Sum of original frame lengths, both directions.</param>
/// <param name="Verdicts">Flows by verdict, only those that occurred, in the order of <see cref="Verdict"/>.</param>
/// <param name="Outcomes">Flows by outcome, only those that occurred, in the order of <see cref="Outcome"/>.</param>
/// <param name="Words">The five words of segmentation.</param>
/// <param name="Services">Names of protocols and services seen, in ordinal order; <c>protocol/service</c> where both
/// are known, a question mark behind a name that nothing but the port says, and <c>via socks</c> or <c>via http</c>
/// behind what a proxy was asked for.</param>
public sealed record RolePair(
    string From,
    string To,
    long Flows,
    long Bytes,
    ImmutableArray<KeyValuePair<Verdict, long>> Verdicts,
    ImmutableArray<KeyValuePair<Outcome, long>> Outcomes,
    DispositionCounts Words,
    ImmutableArray<string> Services);

/// <summary>Verdict and reach crossed into the words that administrators of segmentation know.</summary>
/// <param name="Permitted">Allowed by the rules and arrived.</param>
/// <param name="Escaped">Not allowed and arrived, at a closed port or not.</param>
/// <param name="Blocked">Not allowed and stopped.</param>
/// <param name="Misdropped">Allowed and stopped.</param>
/// <param name="Unanswered">Allowed or not; nothing proves that it arrived or that it was stopped.</param>
public readonly record struct DispositionCounts(long Permitted, long Escaped, long Blocked, long Misdropped,
    long Unanswered = 0);
