using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>With which flows of a store a flow may be counted together (<see cref="FlowRecord.Count"/>).</summary>
public enum FlowLikeness
{
    /// <summary>With none: it is judged by its own counters or times, or together with other flows.</summary>
    None,

    /// <summary>With those of the same observation: it has an announcement, which is numbered there.</summary>
    OfObservation,

    /// <summary>With those of any observation.</summary>
    Any,
}

/// <summary>
/// Finds flows that an audit judges alike when their ends, transport, responder's port, protocol, service, bases,
/// outcome, history, handshake, uses and announcement are alike: conversations that came about, with data both ways and
/// a proved originator. No verdict on one of them rests on the number of its packets or on its time. A change here
/// changes the tables of stores.
/// </summary>
public static class FlowLikenesses
{
    /// <summary>With which flows a flow may be counted together.</summary>
    public static FlowLikeness Of(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (!CameAbout(flow) || flow.CapturePoint.Length > 0 || IsOfCall(flow) || ShowsCertificate(flow.Tls)
            || flow.StreamOut.GapBytes > 0 || flow.StreamIn.GapBytes > 0)
            return FlowLikeness.None;
        var rest = FlowCourse.Without(flow).Extras with
        {
            Log = null,
            Service = null,
            ServiceBasis = default,
            StartedAs = null,
            Tls = null,
            Announcement = null,
            Carried = [],
            Reset = flow.WasCutOff ? flow.Reset : null,
        };
        if (rest != FlowExtras.None)
            return FlowLikeness.None;
        if (flow.Announcement?.Announcement is not { } announcement)
            return FlowLikeness.Any;
        return announcement.Server == flow.Originator ? FlowLikeness.None : FlowLikeness.OfObservation;
    }

    private static bool CameAbout(FlowRecord flow) =>
        flow.Outcome == Outcome.Established && flow.Transport.HasPorts
        && flow.DirectionBasis > DirectionBasis.Inventory && flow.Out.PayloadBytes > 0 && flow.In.PayloadBytes > 0;

    /// <summary>Both ends of a call send checks, so that an inventory may turn it (RFC 8445 §7).</summary>
    private static bool IsOfCall(FlowRecord flow) =>
        flow.IsIceCheck || (flow.StartedAs is not null && flow.Transport != IpProtocol.Tcp);

    /// <summary>Whether a certificate was valid is a matter of the flow's time.</summary>
    private static bool ShowsCertificate(TlsHandshake? handshake) =>
        handshake is not null && (!handshake.ServerCertificates.IsEmpty || !handshake.ClientCertificates.IsEmpty);
}
