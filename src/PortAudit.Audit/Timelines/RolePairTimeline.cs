using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Timelines;

/// <summary>When what happened between two roles.</summary>
/// <param name="From">Originating role.</param>
/// <param name="To">Responding role.</param>
/// <param name="Flows">Flows by the time of their begin, by verdict and word.</param>
/// <param name="Bytes">Bytes by time and protocol (<c>protocol/service</c> where both are of the registry).</param>
/// <param name="Ports">Responder ports by the time of the flows' begin.</param>
/// <param name="Delays">Flows that came about, by protocol and by the time from the originator's first packet to the
/// responder's first (<see cref="FlowRecord.Answer"/>).</param>
/// <param name="Largest">The flows with the most bytes, the largest first, at most 200.</param>
public sealed record RolePairTimeline(
    string From, string To, TimePlot<VerdictWord> Flows, TimePlot<string> Bytes, PortPlot Ports,
    ImmutableArray<DelayLane> Delays, ImmutableArray<JudgedFlow> Largest);

/// <summary>A flow and what the rules say of it.</summary>
/// <param name="Flow">The flow as the audit shows it.</param>
/// <param name="Verdict">Its verdict.</param>
public sealed record JudgedFlow(FlowRecord Flow, Verdict Verdict)
{
    /// <summary>Sum of original frame lengths, both directions.</summary>
    public long Bytes => Flow.Out.Bytes + Flow.In.Bytes;
}
