using System.Runtime.CompilerServices;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Observers.Identification;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>Passes payloads to their readers in order, as far as the effort allows.</summary>
/// <param name="identifier">Identifies protocols.</param>
/// <param name="announcements">Follows control protocols.</param>
/// <param name="names">Reads names, credentials and refusals.</param>
internal sealed class PayloadExaminer(FlowIdentifier identifier, AnnouncementObserver announcements, NameObserver names)
{
    /// <summary>When <see cref="FlowFlags.IdentificationEnded"/> is the only one of these set, no reader wants the
    /// flow's payload.</summary>
    private const FlowFlags Examined =
        FlowFlags.IdentificationEnded | FlowFlags.CarriesNames | FlowFlags.BeginsControl | FlowFlags.AnnouncesPorts;

    private ShedCounts _shed;

    /// <summary>How much is examined; skipped work is counted.</summary>
    public ObserverEffort Effort { get; set; }

    /// <summary>Work skipped under <see cref="Effort"/>.</summary>
    public ShedCounts Shed => _shed;

    /// <summary>True while a reader wants the payloads of a flow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Wants(ref readonly Flow flow) => (flow.Flags & Examined) != FlowFlags.IdentificationEnded;

    /// <summary>Passes a payload to the recognisers while the flow is unidentified, then to the readers of
    /// announcements and names for its protocol.</summary>
    public void Examine(ref Flow flow, in PacketWalk walk, in SentPacket sent)
    {
        if (Effort != ObserverEffort.Full)
            LeaveOut(ref flow);
        if (!flow.Has(FlowFlags.IdentificationEnded))
            identifier.Show(ref flow, walk.Packet, walk.Shown, sent);
        if (flow.Has(FlowFlags.BeginsControl | FlowFlags.AnnouncesPorts))
            announcements.Show(ref flow, walk, sent);
        if (flow.Has(FlowFlags.CarriesNames))
            names.Show(ref flow, walk.Packet, walk.Payload, sent);
    }

    /// <summary>Completes the readers of a flow that ends.</summary>
    public void End(ref Flow flow)
    {
        // Nearly all flows: identified, and nothing kept of them.
        if (!Wants(in flow) && flow.DetailNumber == 0)
            return;
        identifier.End(ref flow);
        announcements.End(ref flow);
        names.End(ref flow);
    }

    /// <summary>Skips what the effort excludes: first names, on which no verdict rests, then identification. Control
    /// conversations are still followed.</summary>
    private void LeaveOut(ref Flow flow)
    {
        if (flow.Has(FlowFlags.CarriesNames))
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
