using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>A flow, as matched against announcements.</summary>
/// <param name="End">The endpoint that may have been announced.</param>
/// <param name="Client">Address of the other endpoint.</param>
/// <param name="StartNs">Time of its first packet, in nanoseconds since the Unix epoch.</param>
/// <param name="EndNs">Time of its last packet.</param>
/// <param name="FlowId"><see cref="FlowRecord.Id"/>.</param>
/// <param name="Service">The service identified by payload; null without.</param>
/// <param name="IsControl">True for a control conversation, identified by payload.</param>
internal readonly record struct AnnouncedFlow(AnnouncedEndpoint End, IpAddress Client, long StartNs, long EndNs,
    ulong FlowId, string? Service, bool IsControl = false);
