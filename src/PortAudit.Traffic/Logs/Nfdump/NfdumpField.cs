using System.Text;

namespace PortAudit.Traffic.Logs.Nfdump;

/// <summary>A field that is read, in the order of <see cref="NfdumpFields"/>.</summary>
internal enum NfdumpField
{
    Type, Sampled, Exporter, First, FirstOf16, Last, LastOf16, Received, ReceivedOf16, Packets, Bytes, Proto,
    IcmpType, IcmpCode, Flags, SourcePort, DestinationPort, Source4, Destination4, Source6, Destination6,
    Input, Output, Direction, PacketsOut, BytesOut, AggregatedFlows, SourceVlan, Vlan, CustomerVlan,
    Connection, Event, ExtendedEvent, EventTime, IngressAcl, EgressAcl,
}

/// <summary>Names of the fields, as nfdump 1.6.18 to 1.7.8 print them (<c>output_json.c</c>,
/// <c>output_ndjson.c</c>).</summary>
internal static class NfdumpFields
{
    private static readonly byte[][] Names = [.. new[]
    {
        "type", "sampled", "export_sysid", "first", "t_first", "last", "t_last", "received", "t_received",
        "in_packets", "in_bytes", "proto",
        "icmp_type", "icmp_code", "tcp_flags", "src_port", "dst_port", "src4_addr", "dst4_addr", "src6_addr",
        "dst6_addr",
        "input_snmp", "output_snmp", "direction", "out_packets", "out_bytes", "aggr_flows", "src_vlan", "vlanID",
        "cust_vlanID",
        "connect_id", "event_id", "xevent_id", "t_event", "ingress_acl", "egress_acl",
    }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Number of fields.</summary>
    public static int Count => Names.Length;

    /// <summary>The field of a name; null when it is not read.</summary>
    /// <param name="name">The name.</param>
    /// <param name="after">The field before it in the record: the order hardly changes.</param>
    public static NfdumpField? Find(ReadOnlySpan<byte> name, NfdumpField after)
    {
        for (var step = 1; step <= Names.Length; step++)
        {
            var index = ((int)after + step) % Names.Length;
            if (name.SequenceEqual(Names[index]))
                return (NfdumpField)index;
        }

        return null;
    }
}
