using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>
/// How devices intervened between two hosts, summed over flows: resets that stopped attempts or cut conversations off,
/// and answers that refused them. Informative; no effect on the outcome. Independent of the order of flows and unions.
/// </summary>
internal sealed class InterventionTally : IArchived
{
    /// <summary>Pairs of hop limits named at most.</summary>
    private const int MaximumExamples = 3;

    private readonly BottomKSet<string> _cuts = new(MaximumExamples, StringComparer.Ordinal);
    private RefusalTally? _refusals;
    private long _foreignResets;
    private long _cutOff;
    private long _withoutIcmp;
    private long _undecidedByLog;

    public LossTally Losses { get; } = new();

    /// <summary>Attempts stopped by a reset of unknown sender.</summary>
    public long UnknownResets { get; private set; }

    /// <summary>Attempts that the responder's own address prohibited by ICMP: a firewall on the host.</summary>
    public long ProhibitedByHost { get; private set; }

    /// <summary>Attempts of which an ICMP error said that they cannot be delivered.</summary>
    public long Undeliverable { get; private set; }

    /// <summary>How undecided attempts are called: a flow log may have other reasons than its end.</summary>
    public string Undecided => _undecidedByLog == 0 ? "undecided when the capture ended" : "undecided";

    /// <summary>What is to be said of attempts that were stopped, each sentence with a leading space.</summary>
    public string OfStops =>
        (_foreignResets == 0 ? "" : $" {Quantity.Of(_foreignResets, "attempt")} "
            + $"{Quantity.Word(_foreignResets, "was", "were")} reset by another device in the responder's name: the "
            + "reset comes from nearer than the host's other packets, and hides the device's own address.")
        + (UnknownResets == 0 ? "" : $" For {Quantity.Of(UnknownResets, "reset")} it is unknown whether the host "
            + "sent it or a firewall that answers in its name.")
        + (ProhibitedByHost == 0 ? "" : $" {Quantity.Of(ProhibitedByHost, "attempt")} "
            + $"{Quantity.Word(ProhibitedByHost, "was", "were")} prohibited by the responder's own address: a "
            + "firewall on the host.")
        + (Undeliverable == 0 ? "" : $" {Quantity.Of(Undeliverable, "attempt")} could not be delivered, as the ICMP "
            + "says: no route, a loop, or a host that is off or at another address; a firewall can be set to answer "
            + "so, too.")
        + (_withoutIcmp == 0 ? "" : $" An ICMP error may have answered {Quantity.Of(_withoutIcmp, "attempt")}: the "
            + "flow log does not tell.");

    /// <summary>What is to be said of conversations that came about, each sentence with a leading space.</summary>
    public string OfConversations => Cuts + _refusals?.Sentences + Losses.Sentences;

    /// <summary>What is to be said of conversations that another device cut off, a sentence with a leading
    /// space.</summary>
    public string Cuts =>
        _cutOff == 0 ? "" : $" {Quantity.Of(_cutOff, "flow")} {Quantity.Word(_cutOff, "was", "were")} cut off by a "
            + $"reset that another device sent ({string.Join(", ", _cuts.Kept)}{(_cuts.IsOverflown ? " …" : "")}).";

    /// <summary>How a flow was stopped, and by whom; null when it was not, or silently.</summary>
    public static string? HowStopped(FlowRecord flow)
    {
        if (flow.StoppedHow is not { } how)
            return null;
        if (flow.StoppedBy is not { } device)
            return flow.Reset is null ? how : $"{how}, in the name of {flow.Responder.Address}";
        return flow.Outcome == Outcome.Rejected && device == flow.Responder.Address
            ? $"{how} from {device} itself"
            : $"{how} from {device}";
    }

    public void Add(FlowRecord flow)
    {
        if (flow.WasCutOff && flow.Reset is { } cut)
        {
            _cutOff++;
            _cuts.Add(
                $"{(flow.Responder.Address.IsIpv4 ? "TTL" : "hop limit")} {cut.HopLimit} against {cut.UsualHopLimit}");
        }

        Losses.Add(flow);
        if (flow.Refusal is { } refusal)
            (_refusals ??= new RefusalTally()).Add(refusal);
        _foreignResets += flow is { Outcome: Outcome.Rejected, Reset: not null } ? 1 : 0;
        UnknownResets += flow is { Outcome: Outcome.Refused, Reset.Origin: ResetOrigin.Unknown } ? 1 : 0;
        ProhibitedByHost += IsProhibitedByHost(flow) ? 1 : 0;
        _undecidedByLog += flow is { Outcome: Outcome.Undecided, Log: not null } ? 1 : 0;
        _withoutIcmp += flow is { Outcome: Outcome.Unanswered, Log.Source.KnowsIcmpErrors: false } ? 1 : 0;
        Undeliverable += flow.IcmpReason == IcmpReason.Undeliverable ? 1 : 0;
    }

    public void UnionWith(InterventionTally other)
    {
        _cutOff += other._cutOff;
        _cuts.UnionWith(other._cuts);
        Losses.UnionWith(other.Losses);
        if (other._refusals is { } refusals)
            (_refusals ??= new RefusalTally()).UnionWith(refusals);
        _foreignResets += other._foreignResets;
        UnknownResets += other.UnknownResets;
        ProhibitedByHost += other.ProhibitedByHost;
        _undecidedByLog += other._undecidedByLog;
        _withoutIcmp += other._withoutIcmp;
        Undeliverable += other.Undeliverable;
    }

    public void Persist(StateArchive archive)
    {
        _cutOff = archive.Number(_cutOff);
        _cuts.Persist(archive, StateValues.Text);
        _refusals = archive.Part(_refusals, static () => new RefusalTally());
        _foreignResets = archive.Number(_foreignResets);
        UnknownResets = archive.Number(UnknownResets);
        ProhibitedByHost = archive.Number(ProhibitedByHost);
        _undecidedByLog = archive.Number(_undecidedByLog);
        _withoutIcmp = archive.Number(_withoutIcmp);
        Undeliverable = archive.Number(Undeliverable);
        Losses.Persist(archive);
    }

    private static bool IsProhibitedByHost(FlowRecord flow) =>
        flow.IcmpReason == IcmpReason.Prohibited && flow.StoppedBy == flow.Responder.Address;

}
