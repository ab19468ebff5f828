using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Scans;

/// <summary>What one probe of a scan is aimed at.</summary>
/// <param name="Transport">Transport.</param>
/// <param name="Address">The host.</param>
/// <param name="Port">Its port; 0 for a transport without.</param>
internal readonly record struct ScanTarget(IpProtocol Transport, IpAddress Address,
    ushort Port) : IComparable<ScanTarget>
{
    public static ScanTarget Of(FlowRecord flow) =>
        new(flow.Transport, flow.Responder.Address, flow.Transport.HasPorts ? flow.Responder.Port : (ushort)0);

    public static ScanTarget Persisted(StateArchive archive, ScanTarget target) =>
        new(archive.Transport(target.Transport), archive.Address(target.Address), archive.Port(target.Port));

    public int CompareTo(ScanTarget other)
    {
        var order = Transport.CompareTo(other.Transport);
        if (order == 0)
            order = Address.CompareTo(other.Address);
        return order != 0 ? order : Port.CompareTo(other.Port);
    }
}
