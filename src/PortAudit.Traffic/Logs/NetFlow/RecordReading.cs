using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Why a record is no flow.</summary>
internal enum RecordLack : byte
{
    None,

    /// <summary>It has no addresses of IP.</summary>
    Addresses,

    /// <summary>It counts no packet and no byte.</summary>
    Packets,
}

/// <summary>Makes one record of the values that an exporter sent.</summary>
internal static class RecordReading
{
    private const byte Initiator = 1;
    private const byte ReverseInitiator = 2;
    private const int VlanBits = 0xFFF;

    /// <summary>Counters are kept below this, so that sums of some do not overflow.</summary>
    private const ulong MaximumCount = 1UL << 53;

    /// <summary>The ends and the transport of a record. False without addresses.</summary>
    public static bool TryEnds(ExportRecord record, ref ExportedFlow flow)
    {
        var isIpv4 = record.Has(ExportField.Source4) && record.Has(ExportField.Destination4);
        var isIpv6 = record.Has(ExportField.Source6) && record.Has(ExportField.Destination6);
        if (!isIpv4 && !isIpv6)
            return false;

        // Templates for both families leave one of them zero.
        var has4 = isIpv4 && (!isIpv6 || (record[ExportField.Source4] | record[ExportField.Destination4]) != 0);
        var (from, to) = has4
            ? (IpAddress.FromIpv4((uint)record[ExportField.Source4]),
                IpAddress.FromIpv4((uint)record[ExportField.Destination4]))
            : (record.Source6, record.Destination6);
        flow.Transport = new IpProtocol((byte)record[ExportField.Protocol]);
        var (fromPort, toPort) = flow.Transport.IsIcmp ? IcmpOf(record)
            : flow.Transport.HasPorts
                ? ((ushort)record[ExportField.SourcePort], (ushort)record[ExportField.DestinationPort])
                : default;
        (flow.From, flow.To) = (new Endpoint(from, fromPort), new Endpoint(to, toPort));
        flow.Vlan = VlanOf(record);
        return true;
    }

    /// <summary>A record of flows.</summary>
    public static RecordLack TryRead(ExportRecord record, in ExportPlace place, int number, out ExportedFlow flow,
        out ExportTimes times)
    {
        (flow, times) = (default, default);
        if (!TryEnds(record, ref flow))
            return RecordLack.Addresses;
        flow.Sent = Sent(record, out flow.IsTotal);
        flow.Received = new SentCounts(Signed(record[ExportField.ReversePackets]),
            Signed(record[ExportField.ReverseOctets]),
            (TcpFlags)(byte)(record[ExportField.ReverseFlags] | record[ExportField.ReverseFirstFlags]
                | record[ExportField.ReverseLaterFlags]), (TcpFlags)(byte)record[ExportField.ReverseFirstFlags]);
        if (flow is { Sent.Packets: 0, Received.Packets: 0 })
            return RecordLack.Packets;
        times = ExportTimes.Of(record, place.Header, place.Domain);
        (flow.StartNs, flow.EndNs, flow.Digits) = (times.StartNs, times.EndNs, times.Digits);
        flow.ReverseDelayNs = record.Find(ExportField.ReverseDelayMs) is { } ms ? (uint)ms * 1_000_000L : null;
        flow.Source = place.Source;
        (flow.Line, flow.Number) = (place.Line, number);
        (flow.Domain, flow.Way) = (place.Header.Domain, (byte)record[ExportField.Direction]);
        (flow.Input, flow.Output) =
            ((uint)record[ExportField.InputInterface], (uint)record[ExportField.OutputInterface]);
        flow.IsSampled = place.IsScaled || place.Domain.Sampling > 1
            || DatagramDecoder.SamplingOf(record) > 1;
        flow.HidesAnswers = place.HidesAnswers;
        flow.IsInitiator = record[ExportField.BiflowDirection] == Initiator;
        if (record[ExportField.BiflowDirection] == ReverseInitiator)
            Turn(ref flow);
        return RecordLack.None;
    }

    private static void Turn(ref ExportedFlow flow)
    {
        if (flow.Transport.IsIcmp)
            return;
        (flow.From, flow.To, flow.Sent, flow.Received) = (flow.To, flow.From, flow.Received, flow.Sent);
        flow.IsInitiator = true;
    }

    private static SentCounts Sent(ExportRecord record, out bool isTotal)
    {
        var packets = record.Find(ExportField.Packets);
        var bytes = record.Find(ExportField.Octets);
        isTotal = packets is null && bytes is null
            && (record.Has(ExportField.TotalPackets) || record.Has(ExportField.TotalOctets));
        packets ??= record.Find(ExportField.TotalPackets) ?? record.Find(ExportField.PostPackets);
        bytes ??= record.Find(ExportField.TotalOctets) ?? record.Find(ExportField.PostOctets);
        var counted = Signed(packets ?? 0);

        // A record that does not count packets is there for at least one.
        if (counted == 0 && (bytes > 0 || (packets is null && bytes is null)))
            counted = 1;
        return new SentCounts(counted, Signed(bytes ?? 0), FlagsOf(record),
            (TcpFlags)(byte)record[ExportField.FirstFlags]);
    }

    private static TcpFlags FlagsOf(ExportRecord record) => (TcpFlags)(byte)(record[ExportField.Flags]
        | record[ExportField.FirstFlags] | record[ExportField.LaterFlags]);

    /// <summary>Type and code, which older exporters write into the destination port (Cisco, NetFlow v5).</summary>
    private static (ushort Type, ushort Code) IcmpOf(ExportRecord record)
    {
        if (record.Has(ExportField.IcmpType))
            return ((byte)record[ExportField.IcmpType], (byte)record[ExportField.IcmpCode]);
        var both = record.Find(ExportField.IcmpTypeCode) ?? record[ExportField.DestinationPort];
        return ((byte)(both >> 8), (byte)both);
    }

    private static VlanTags VlanOf(ExportRecord record)
    {
        var tags = VlanTags.None;
        if ((record[ExportField.Vlan] & VlanBits) is > 0 and var outer)
            tags = tags.Push((ushort)outer);
        return (record[ExportField.CustomerVlan] & VlanBits) is > 0 and var inner ? tags.Push((ushort)inner) : tags;
    }

    private static long Signed(ulong value) => (long)Math.Min(value, MaximumCount);
}
