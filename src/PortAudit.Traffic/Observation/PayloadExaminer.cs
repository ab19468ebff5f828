using System.Runtime.CompilerServices;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Observers.Identification;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>Shows payloads to those who look at them, in their order, as far as the effort allows.</summary>
/// <param name="identifier">Names protocols.</param>
/// <param name="announcements">Follows control protocols.</param>
/// <param name="names">Reads names, credentials and refusals.</param>
internal sealed class PayloadExaminer(FlowIdentifier identifier, AnnouncementObserver announcements, NameObserver names)
{
    /// <summary>With <see cref="FlowFlags.IdentificationEnded"/> alone of these, nobody looks at a flow's payload any
    /// more.</summary>
    private const FlowFlags Examined =
        FlowFlags.IdentificationEnded | FlowFlags.TellsNames | FlowFlags.BeginsControl | FlowFlags.AnnouncesPorts;

    private ShedCounts _shed;

    /// <summary>How much is looked at; what is left out is counted.</summary>
    public ObserverEffort Effort { get; set; }

    /// <summary>What <see cref="Effort"/> left out.</summary>
    public ShedCounts Shed => _shed;

    /// <summary>True while somebody looks at the payloads of a flow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Wants(ref readonly Flow flow) => (flow.Flags & Examined) != FlowFlags.IdentificationEnded;

    /// <summary>Shows a payload to the recognisers while the flow is undecided, then to those who read announcements
    /// and names in its protocol. Any other flow has had enough.</summary>
    public void Examine(ref Flow flow, in PacketWalk walk, in SentPacket sent)
    {
        if (Effort != ObserverEffort.Full)
            LeaveOut(ref flow);
        if (!flow.Has(FlowFlags.IdentificationEnded))
            identifier.Show(ref flow, walk.Packet, walk.Shown, sent);
        if (flow.Has(FlowFlags.BeginsControl | FlowFlags.AnnouncesPorts))
            announcements.Show(ref flow, walk, sent);
        if (flow.Has(FlowFlags.TellsNames))
            names.Show(ref flow, walk.Packet, walk.Payload, sent);
    }

    /// <summary>Draws from a flow that ends what can be drawn from it.</summary>
    public void End(ref Flow flow)
    {
        // Nearly all flows: decided, and nothing kept of them.
        if (!Wants(in flow) && flow.DetailNumber == 0)
            return;
        identifier.End(ref flow);
        announcements.End(ref flow);
        names.End(ref flow);
    }

    /// <summary>Gives up what the effort does not allow: names first, as no verdict rests on them, then the protocols
    /// of flows that are not named yet. Flows of control protocols are followed on.</summary>
    private void LeaveOut(ref Flow flow)
    {
        if (flow.Has(FlowFlags.TellsNames))
        {
            names.Stop(ref flow);
            _shed = _shed with { Names = _shed.Names + 1 };
        }

        if (Effort != ObserverEffort.Counting || flow.Has(FlowFlags.IdentificationEnded))
            return;
        identifier.End(ref flow);
        _shed = _shed with { Identifications = _shed.Identifications + 1 };
    }
}
