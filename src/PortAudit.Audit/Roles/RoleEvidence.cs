using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>The flows by which a host met a mark of a sign.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Served">True when the host answered, false when it asked.</param>
/// <param name="Basis">Basis of the flows.</param>
/// <param name="Flows">Their number, as all capture points together counted them.</param>
/// <param name="Peers">Peers, the lowest addresses.</param>
/// <param name="HasMorePeers">True when there were more than are listed.</param>
/// <param name="Ports">Transports and server ports, the lowest.</param>
/// <param name="First">The first of the flows.</param>
/// <param name="LastNs">End of the last, in nanoseconds since the Unix epoch.</param>
/// <param name="Filter">Wireshark display filter that selects the packets of the flows, as far as
/// <paramref name="Ports"/> go.</param>
public sealed record RoleEvidence(
    Mark Mark,
    bool Served,
    EvidenceBasis Basis,
    long Flows,
    ImmutableArray<IpAddress> Peers,
    bool HasMorePeers,
    ImmutableArray<(IpProtocol Transport, ushort Port)> Ports,
    FlowRecord First,
    long LastNs,
    string Filter)
{
    /// <summary>The frame that proves the first flow; null when it was not found again.</summary>
    public FrameReference? Frame { get; init; }
}

/// <summary>A role that behaviour suggests.</summary>
/// <param name="Role">The role.</param>
/// <param name="Title">Its title.</param>
/// <param name="Confidence">Confidence in it.</param>
/// <param name="Reason">The rules that gave the confidence, in words.</param>
/// <param name="IsOfMany">True when its hosts are proposed as networks.</param>
/// <param name="IsServed">True when the host answers something for it, false when it only asks.</param>
/// <param name="Evidence">Evidence for it.</param>
public sealed record RoleFound(string Role, string Title, Confidence Confidence, string Reason, bool IsOfMany,
    bool IsServed, ImmutableArray<RoleEvidence> Evidence);
