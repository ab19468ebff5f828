using System.Buffers.Text;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Azure;

/// <summary>A flow tuple of a network security group's flow log ("Flow logging for network security groups", versions 1
/// and 2: times in seconds, protocol <c>T</c> or <c>U</c>, decision) or of a virtual network's ("Virtual network flow
/// logs": times in milliseconds, protocol number, state, encryption).</summary>
internal readonly record struct AzureTuple
{
    private const int VnetColumns = 13;
    private const int NsgColumns = 8;
    private const int NsgColumnsWithCounts = 13;
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerMillisecond = 1_000_000;

    /// <summary>Smallest number that is a time in milliseconds: in seconds it would be the year 5138.</summary>
    private const long FirstMilliseconds = 100_000_000_000;

    /// <summary>Time, in nanoseconds since the Unix epoch.</summary>
    public long TimeNs { get; private init; }

    /// <summary>Who opened the flow.</summary>
    public Endpoint Source { get; private init; }

    /// <summary>To whom.</summary>
    public Endpoint Destination { get; private init; }

    /// <summary>Its transport.</summary>
    public IpProtocol Transport { get; private init; }

    /// <summary>True when a rule denied it.</summary>
    public bool IsDenied { get; private init; }

    /// <summary>True when packets and bytes are counted: not at the begin of a flow, and not in version 1.</summary>
    public bool IsCounted { get; private init; }

    /// <summary>From the source, since the last tuple of the flow.</summary>
    public (long Packets, long Bytes) Sent { get; private init; }

    /// <summary>To the source.</summary>
    public (long Packets, long Bytes) Received { get; private init; }

    /// <summary>Reads a tuple; false with the reason, a clause.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out AzureTuple tuple, out string? problem)
    {
        tuple = default;
        Span<Range> columns = stackalloc Range[VnetColumns + 1];
        var count = 0;
        foreach (var part in text.Split((byte)','))
        {
            if (count == columns.Length)
                break;
            columns[count++] = part;
        }

        problem = count is NsgColumns or VnetColumns ? null
            : $"holds a tuple of {(count > VnetColumns ? "too many" : "too few")} values, which was skipped";
        if (problem is not null)
            return false;
        var values = new Values(text, columns[..count]);
        problem = Read(values, out tuple);
        return problem is null;
    }

    private static string? Read(Values values, out AzureTuple tuple)
    {
        tuple = default;
        if (values.Number(0) is not { } time || time >= long.MaxValue / (time < FirstMilliseconds ? NsPerSecond
            : NsPerMillisecond))
            return "holds a tuple without a time, which was skipped";
        if (!IpAddress.TryParse(values[1], out var source) || !IpAddress.TryParse(values[2], out var destination))
            return "holds a tuple without two addresses, which was skipped";
        if (TransportOf(values[5], source) is not { } transport)
            return "holds a tuple without a protocol, which was skipped";
        if (values.Number(3) is not (<= ushort.MaxValue and var from)
            || values.Number(4) is not (<= ushort.MaxValue and var to))
            return "holds a tuple without two ports, which was skipped";
        var isNsg = values[7] is [(byte)'A'] || values.Length == NsgColumns
            || (values[7] is [(byte)'D'] && values[8].Length <= 1 && !values[8].SequenceEqual("X"u8));
        var state = isNsg && values.Length == NsgColumnsWithCounts ? values[8] : values[7];
        if (values[7] is not [(byte)'A' or (byte)'B' or (byte)'C' or (byte)'D' or (byte)'E'])
            return "holds a tuple in no known state, which was skipped";
        tuple = new AzureTuple
        {
            TimeNs = time * (time < FirstMilliseconds ? NsPerSecond : NsPerMillisecond),
            Source = new Endpoint(source, transport.HasPorts ? (ushort)from : (ushort)0),
            Destination = new Endpoint(destination, transport.HasPorts ? (ushort)to : (ushort)0),
            Transport = transport,
            IsDenied = values[7] is [(byte)'D'],
            IsCounted = state is [(byte)'C' or (byte)'E'],
            Sent = values.Counts(9),
            Received = values.Counts(11),
        };
        return null;
    }

    private static IpProtocol? TransportOf(ReadOnlySpan<byte> text, IpAddress source) => text switch
    {
        [(byte)'T'] => IpProtocol.Tcp,
        [(byte)'U'] => IpProtocol.Udp,
        [(byte)'I'] => source.IsIpv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6,
        _ => Utf8Parser.TryParse(text, out byte number, out var length) && length == text.Length && number > 0
            ? new IpProtocol(number) : null,
    };

    /// <summary>The values of a tuple.</summary>
    private readonly ref struct Values
    {
        private readonly ReadOnlySpan<byte> _text;
        private readonly ReadOnlySpan<Range> _columns;

        public Values(ReadOnlySpan<byte> text, ReadOnlySpan<Range> columns)
        {
            _text = text;
            _columns = columns;
        }

        public int Length => _columns.Length;

        public ReadOnlySpan<byte> this[int column] => _text[_columns[column]].Trim((byte)' ');

        public long? Number(int column)
        {
            var text = this[column];
            return Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length && number >= 0
                ? number : null;
        }

        public (long Packets, long Bytes) Counts(int column) => column + 1 < Length
            ? (Number(column) ?? 0, Number(column + 1) ?? 0)
            : default;
    }
}
