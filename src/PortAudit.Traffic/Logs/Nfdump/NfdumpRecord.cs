using PortAudit.Traffic.Logs.NetFlow;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Nfdump;

/// <summary>Turns a record that nfdump prints back into the fields that the exporter sent.</summary>
internal static class NfdumpRecord
{
    private const long NsPerMs = 1_000_000;

    /// <summary>Fields that count something, and what they are in a record.</summary>
    private static readonly (NfdumpField Field, ExportField Sent)[] Numbers =
    [
        (NfdumpField.Proto, ExportField.Protocol), (NfdumpField.SourcePort, ExportField.SourcePort),
        (NfdumpField.DestinationPort, ExportField.DestinationPort), (NfdumpField.IcmpType, ExportField.IcmpType),
        (NfdumpField.IcmpCode, ExportField.IcmpCode), (NfdumpField.Input, ExportField.InputInterface),
        (NfdumpField.Output, ExportField.OutputInterface), (NfdumpField.Direction, ExportField.Direction),
        (NfdumpField.SourceVlan, ExportField.Vlan), (NfdumpField.Vlan, ExportField.Vlan),
        (NfdumpField.CustomerVlan, ExportField.CustomerVlan),
    ];

    /// <summary>Reads a record.</summary>
    /// <param name="row">As printed.</param>
    /// <param name="record">Receives its fields.</param>
    /// <param name="hidesAnswers">As <see cref="ExportPlace.HidesAnswers"/>.</param>
    /// <returns>What is wrong, a clause; null when nothing is.</returns>
    public static string? Read(NfdumpRow row, ExportRecord record, out bool hidesAnswers)
    {
        record.Clear();
        hidesAnswers = false;
        if (!TryAddresses(row, record))
            return "holds a record whose addresses are none, or of two families, which was skipped";
        if (row.Count(NfdumpField.Proto) is not <= byte.MaxValue)
            return "holds a record without a protocol number, which was skipped";
        foreach (var (field, sent) in Numbers)
        {
            if (row.Count(field) is { } number && (number > 0 || !record.Has(sent)))
                record.Set(sent, (ulong)number);
            else if (row.Has(field) && row.Count(field) is null)
                return "holds a record with a text or negative number where a count belongs, which was skipped";
        }

        if (new IpProtocol((byte)record[ExportField.Protocol]).HasPorts
            && (record.Find(ExportField.SourcePort) is not <= ushort.MaxValue
                || record.Find(ExportField.DestinationPort) is not <= ushort.MaxValue))
            return "holds a record without two ports, which was skipped";
        if (TypeMayBeUnknown(record))
            hidesAnswers = true;
        SetTimes(row, record);
        if (row.Flags(NfdumpField.Flags) is { } flags)
            record.Set(ExportField.Flags, (ulong)flags);
        return SetCounts(row, record, ref hidesAnswers);
    }

    /// <summary>True for the ICMP type of an answer to an echo, which nfdump prints for unknown ones, too.</summary>
    private static bool TypeMayBeUnknown(ExportRecord record) =>
        new IpProtocol((byte)record[ExportField.Protocol]).IsIcmp
        && (record[ExportField.IcmpType] | record[ExportField.IcmpCode]) == 0;

    /// <summary>The addresses of either family: a record of both has zeros in one. False for what is no address, true
    /// also without any.</summary>
    private static bool TryAddresses(NfdumpRow row, ExportRecord record)
    {
        if (!TryAddresses(row, NfdumpField.Source4, NfdumpField.Destination4, record, isIpv4: true))
            return false;
        var has4 = (record[ExportField.Source4] | record[ExportField.Destination4]) != 0;
        return has4 || TryAddresses(row, NfdumpField.Source6, NfdumpField.Destination6, record, isIpv4: false);
    }

    private static bool TryAddresses(NfdumpRow row, NfdumpField from, NfdumpField to, ExportRecord record, bool isIpv4)
    {
        if (!row.Has(from) && !row.Has(to))
            return true;
        if (!IpAddress.TryParse(row[from], out var source) || !IpAddress.TryParse(row[to], out var destination)
            || source.IsIpv4 != destination.IsIpv4 || (isIpv4 && !source.IsIpv4))
            return false;
        record.Set(source, destination);
        return true;
    }

    /// <summary>Sets the times. nfdump before 1.7.2 swaps the two that IPFIX counts from the exporter's start, so the
    /// earlier one is the first packet's.</summary>
    private static void SetTimes(NfdumpRow row, ExportRecord record)
    {
        var first = row.TimeNs(NfdumpField.First) ?? row.TimeNs(NfdumpField.FirstOf16);
        var last = row.TimeNs(NfdumpField.Last) ?? row.TimeNs(NfdumpField.LastOf16);
        if (last > 0 && last < first)
            (first, last) = (last, first);
        Set(record, ExportField.StartMs, first);
        Set(record, ExportField.EndMs, last);
        Set(record, ExportField.EventTimeMs, row.TimeNs(NfdumpField.EventTime));
    }

    /// <summary>Sets a time; nfdump writes 1970 for one that was not sent.</summary>
    private static void Set(ExportRecord record, ExportField field, long? timeNs)
    {
        if (timeNs > 0)
            record.Set(field, (ulong)(timeNs.Value / NsPerMs));
    }

    private static string? SetCounts(NfdumpRow row, ExportRecord record, ref bool hidesAnswers)
    {
        if (!TryCount(row, NfdumpField.Packets, out var packets) || !TryCount(row, NfdumpField.Bytes, out var bytes)
            || !TryCount(row, NfdumpField.PacketsOut, out var packetsOut)
            || !TryCount(row, NfdumpField.BytesOut, out var bytesOut))
            return "holds a record whose packets or bytes are no count, which was skipped";
        var kind = row.Count(NfdumpField.Event) ?? 0;
        if (kind > 0)
            record.Set(ExportField.FirewallEvent, (ulong)kind);
        if (kind > 0 && packets == 0)
        {
            SetEvent(row, record, bytes, packetsOut, bytesOut);
            return null;
        }

        // Nothing in, something out: an exporter that counts where packets leave. Zeros stand for what was not sent as
        // well as for a direction without packets, so nothing is claimed of them.
        var isOut = packets == 0 && bytes == 0;
        record.Set(ExportField.Packets, isOut ? packetsOut : packets);
        record.Set(ExportField.Octets, isOut ? bytesOut : bytes);
        if (isOut || (packetsOut == 0 && bytesOut == 0))
            return null;

        // What came back (-b, RFC 5103); but the same numbers may count the same packets on their way out.
        if ((packetsOut, bytesOut) == (packets, bytes))
        {
            hidesAnswers = true;
        }
        else
        {
            record.Set(ExportField.ReversePackets, Math.Max(1, packetsOut));
            record.Set(ExportField.ReverseOctets, bytesOut);
        }

        return null;
    }

    /// <summary>An event of a firewall (NSEL). One that does not count both sides may count them together.</summary>
    private static void SetEvent(NfdumpRow row, ExportRecord record, ulong bytes, ulong packetsOut, ulong bytesOut)
    {
        if (row.Has(NfdumpField.BytesOut))
        {
            record.Set(ExportField.InitiatorOctets, bytes);
            record.Set(ExportField.ResponderOctets, bytesOut);
            record.Set(ExportField.ResponderPackets, packetsOut);
        }
        else
        {
            record.Set(ExportField.TotalOctets, bytes);
        }

        record.Set(ExportField.ExtendedEvent, (ulong)(row.Count(NfdumpField.ExtendedEvent) ?? 0));
        record.Set(ExportField.FlowId, (ulong)(row.Count(NfdumpField.Connection) ?? 0));
        record.Set(ExportField.IngressAcl, row.AccessList(NfdumpField.IngressAcl));
        record.Set(ExportField.EgressAcl, row.AccessList(NfdumpField.EgressAcl));
    }

    private static bool TryCount(NfdumpRow row, NfdumpField field, out ulong count)
    {
        count = (ulong)(row.Count(field) ?? 0);
        return !row.Has(field) || row.Count(field) is not null;
    }
}
