using System.Buffers.Text;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Aws;

/// <summary>What a line of a flow log of AWS says.</summary>
internal enum AwsStatus : byte
{
    /// <summary>Packets passed, or tried to.</summary>
    Record,

    /// <summary>None did (<c>NODATA</c>).</summary>
    Nothing,

    /// <summary>AWS could not record all (<c>SKIPDATA</c>), and the line holds no packets itself.</summary>
    Skipped,
}

/// <summary>One line of a flow log of AWS.</summary>
internal readonly ref struct AwsRow
{
    private const long NsPerSecond = 1_000_000_000;

    private readonly ReadOnlySpan<byte> _line;
    private readonly ReadOnlySpan<Range> _columns;
    private readonly AwsLayout _layout;

    /// <summary>A line, split.</summary>
    public AwsRow(ReadOnlySpan<byte> line, ReadOnlySpan<Range> columns, AwsLayout layout)
    {
        _line = line;
        _columns = columns;
        _layout = layout;
    }

    /// <summary>True for a line of an interval in which AWS could not record all.</summary>
    public bool IsSkipped => this[AwsField.LogStatus].SequenceEqual("SKIPDATA"u8);

    /// <summary>The interface, or a transit gateway's attachment.</summary>
    public ReadOnlySpan<byte> Sensor =>
        this[AwsField.InterfaceId] is { IsEmpty: false } name ? name : this[AwsField.AttachmentId];

    /// <summary>What it says.</summary>
    public AwsStatus Status => !SourceOf().IsEmpty || !DestinationOf().IsEmpty
        || !this[AwsField.Protocol].IsEmpty
        ? AwsStatus.Record
        : IsSkipped ? AwsStatus.Skipped : AwsStatus.Nothing;

    /// <summary>The value of a field; empty without one.</summary>
    private ReadOnlySpan<byte> this[AwsField field]
    {
        get
        {
            var column = _layout[field];
            if (column < 0)
                return default;
            var value = _line[_columns[column]].Trim((byte)'"');
            return value is [(byte)'-'] ? default : value;
        }
    }

    /// <summary>Start and end of its interval, in nanoseconds since the Unix epoch; false when they are no times.
    /// </summary>
    public bool TryInterval(out long startNs, out long endNs)
    {
        endNs = 0;
        if (!TryTime(this[AwsField.Start], out startNs))
            return false;
        if (!TryTime(this[AwsField.End], out endNs))
            endNs = startNs;
        return true;
    }

    /// <summary>The record; false with the reason.</summary>
    /// <param name="sensor">Number of its interface.</param>
    /// <param name="identifier">Name of its interface.</param>
    /// <param name="line">Its file and line.</param>
    /// <param name="record">The record.</param>
    /// <param name="problem">What is wrong, a clause.</param>
    public bool TryRecord(int sensor, string identifier, FrameReference line, out OneWayRecord record,
        out string? problem)
    {
        record = default;
        if (!IpAddress.TryParse(SourceOf(), out var source))
            problem = "'srcaddr' is no address";
        else if (!IpAddress.TryParse(DestinationOf(), out var destination))
            problem = "'dstaddr' is no address";
        else if (Number(AwsField.Protocol) is not (> 0 and <= byte.MaxValue and var protocol))
            problem = "'protocol' is no number of a protocol";
        else if (!TryInterval(out var startNs, out var endNs))
            problem = "'start' is no time";
        else if (endNs < startNs)
            problem = "'end' is before 'start'";
        else
        {
            var transport = new IpProtocol((byte)protocol);
            if (!TryPort(AwsField.SourcePort, transport, out var from)
                || !TryPort(AwsField.DestinationPort, transport, out var to))
            {
                problem = "'srcport' or 'dstport' is no port";
                return false;
            }

            var (packets, bytes) = (Number(AwsField.Packets), Number(AwsField.Bytes) ?? 0);
            var counted = Math.Max(1, packets ?? 1);
            var isRejected = this[AwsField.Action].SequenceEqual("REJECT"u8);
            record = new OneWayRecord(new Endpoint(source, from), new Endpoint(destination, to), transport)
            {
                StartNs = startNs,
                EndNs = endNs,
                Packets = counted,
                Bytes = bytes,
                PayloadBytes = OneWayRecord.LeastPayload(bytes, counted, transport, source.IsIpv4),
                Flags = _layout[AwsField.TcpFlags] >= 0 && Number(AwsField.TcpFlags) is { } flags
                    ? (SeenFlags)(flags & (long)(SeenFlags.Fin | SeenFlags.Syn | SeenFlags.Rst | SeenFlags.Ack))
                    : null,
                Word = isRejected ? FirewallWord.Rejected : this[AwsField.Action].IsEmpty
                    ? FirewallWord.None : FirewallWord.Accepted,
                Stopper = isRejected ? StopperOf() : null,
                Sensor = sensor,
                ShowsAnswers = true,
                Identifier = identifier,
                Line = line,
            };
            problem = null;
            return true;
        }

        return false;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out long timeNs)
    {
        timeNs = 0;
        if (!Utf8Parser.TryParse(text, out long seconds, out var length) || length != text.Length
            || seconds is < 0 or >= long.MaxValue / NsPerSecond)
            return false;
        timeNs = seconds * NsPerSecond;
        return true;
    }

    /// <summary>The address in the packets, where it is recorded: <c>srcaddr</c> is the interface's own behind a
    /// gateway, or for its secondary addresses.</summary>
    private ReadOnlySpan<byte> SourceOf() => this[AwsField.PacketSourceAddress] is { IsEmpty: false } address
        ? address : this[AwsField.SourceAddress];

    private ReadOnlySpan<byte> DestinationOf() => this[AwsField.PacketDestinationAddress] is { IsEmpty: false } address
        ? address : this[AwsField.DestinationAddress];

    /// <summary>Who said no. <c>reject-reason</c> is <c>BPA</c> for Block Public Access, <c>EC</c> for encryption
    /// controls.</summary>
    private string StopperOf() => this[AwsField.RejectReason] switch
    {
        [(byte)'B', (byte)'P', (byte)'A'] => "REJECT by AWS VPC Block Public Access",
        [(byte)'E', (byte)'C'] => "REJECT by AWS VPC encryption controls",
        _ => "REJECT by an AWS security group or network ACL",
    };

    private long? Number(AwsField field)
    {
        var text = this[field];
        return Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length && number >= 0
            ? number : null;
    }

    private bool TryPort(AwsField field, IpProtocol transport, out ushort port)
    {
        port = 0;
        if (!transport.HasPorts)
            return true;
        if (Number(field) is not (<= ushort.MaxValue and var number))
            return false;
        port = (ushort)number;
        return true;
    }
}
