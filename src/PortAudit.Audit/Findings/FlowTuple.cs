using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>Endpoints of a flow as a display filter names them.</summary>
/// <param name="Transport">Transport.</param>
/// <param name="Vlan">VLAN identifiers.</param>
/// <param name="Originator">One endpoint.</param>
/// <param name="Responder">The other endpoint.</param>
internal readonly record struct FlowTuple(IpProtocol Transport, VlanTags Vlan, Endpoint Originator,
    Endpoint Responder) : IComparable<FlowTuple>
{
    /// <summary>True when ICMP errors about the flow are among its frames: one of them stopped it.</summary>
    public bool HasErrors { get; init; }

    /// <summary>True when fragments are among its frames: Wireshark shows ports in one of them alone.</summary>
    public bool IsFragmented { get; init; }

    public static FlowTuple Of(FlowRecord flow) => new(flow.Transport, flow.Vlan, flow.Originator, flow.Responder)
    {
        HasErrors = flow.HasIcmpError,
        IsFragmented = flow.IsFragmented,
    };

    public static FlowTuple Persisted(StateArchive archive, FlowTuple tuple) =>
        new(archive.Transport(tuple.Transport), archive.Vlan(tuple.Vlan), archive.Endpoint(tuple.Originator),
            archive.Endpoint(tuple.Responder))
        {
            HasErrors = archive.Flag(tuple.HasErrors),
            IsFragmented = archive.Flag(tuple.IsFragmented),
        };

    public int CompareTo(FlowTuple other)
    {
        var order = Transport.CompareTo(other.Transport);
        if (order == 0)
            order = (Vlan.Outer, Vlan.Inner).CompareTo((other.Vlan.Outer, other.Vlan.Inner));
        if (order == 0)
            order = Originator.CompareTo(other.Originator);
        if (order == 0)
            order = Responder.CompareTo(other.Responder);
        return order != 0
            ? order
            : (HasErrors, IsFragmented).CompareTo((other.HasErrors, other.IsFragmented));
    }
}
