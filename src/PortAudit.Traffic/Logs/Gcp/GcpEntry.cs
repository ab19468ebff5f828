using System.Buffers.Text;
using System.Text;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Gcp;

/// <summary>One entry of a log, as far as it is read ("About VPC Flow Logs records", "Firewall Rules Logging
/// format").</summary>
internal sealed class GcpEntry
{
    private IpAddress? _source;
    private IpAddress? _destination;
    private long? _sourcePort;
    private long? _destinationPort;
    private IpProtocol? _transport;
    private long? _startNs;
    private long? _endNs;
    private long? _packets;
    private long? _bytes;
    private bool _isDenied;
    private bool _isOfFirewall;
    private long? _loggedNs;

    /// <summary>True once it has a connection.</summary>
    public bool HasConnection { get; private set; }

    /// <summary>Its first line.</summary>
    public long Line { get; private set; }

    /// <summary>Its identifier.</summary>
    public string Identifier { get; private set; } = "";

    /// <summary>Who reports it: 1 the source, 2 the destination, 3 and 4 their gateways, 0 the firewall.</summary>
    public int Reporter { get; private set; }

    /// <summary>The firewall rule; empty without one.</summary>
    public string Rule { get; private set; } = "";

    /// <summary>True when a firewall denied it.</summary>
    public bool IsDenied => _isDenied;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        (_source, _destination, _sourcePort, _destinationPort, _transport) = (null, null, null, null, null);
        (_startNs, _endNs, _packets, _bytes, _loggedNs) = (null, null, null, null, null);
        (_isDenied, _isOfFirewall, HasConnection, Line, Identifier, Reporter, Rule) =
            (false, false, false, 0, "", 0, "");
    }

    /// <summary>Notes that a connection begins.</summary>
    public void Begin(long line) => (HasConnection, Line) = (true, line);

    /// <summary>Keeps a value of the connection.</summary>
    public void KeepEnd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("src_ip"u8))
            _source = IpAddress.TryParse(value, out var source) ? source : null;
        else if (name.SequenceEqual("dest_ip"u8))
            _destination = IpAddress.TryParse(value, out var destination) ? destination : null;
        else if (name.SequenceEqual("src_port"u8))
            _sourcePort = Number(value);
        else if (name.SequenceEqual("dest_port"u8))
            _destinationPort = Number(value);
        else if (name.SequenceEqual("protocol"u8))
            _transport = TransportOf(value);
    }

    /// <summary>Keeps any other value.</summary>
    public void Keep(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Func<ReadOnlySpan<byte>, string> textOf)
    {
        if (name.SequenceEqual("reporter"u8))
        {
            Reporter = value switch
            {
                _ when value.SequenceEqual("SRC"u8) => 1,
                _ when value.SequenceEqual("DEST"u8) => 2,
                _ when value.SequenceEqual("SRC_GATEWAY"u8) => 3,
                _ => 4,
            };
        }
        else if (name.SequenceEqual("start_time"u8))
            _startNs = GcpTime.Of(value);
        else if (name.SequenceEqual("end_time"u8))
            _endNs = GcpTime.Of(value);
        else if (name.SequenceEqual("packets_sent"u8))
            _packets = Number(value);
        else if (name.SequenceEqual("bytes_sent"u8))
            _bytes = Number(value);
        else if (name.SequenceEqual("timestamp"u8))
            _loggedNs = GcpTime.Of(value);
        else if (name.SequenceEqual("disposition"u8))
            (_isOfFirewall, _isDenied) = (true, value.StartsWith("DENIED"u8));
        else if (name.SequenceEqual("insertId"u8) || name.SequenceEqual("insert_id"u8))
            Identifier = textOf(value);
        else if (name.SequenceEqual("reference"u8))
            Rule = textOf(value);
    }

    /// <summary>Its record; null with the reason.</summary>
    /// <param name="stopper">How the firewall rule is called that denied it.</param>
    /// <param name="capture">Number of its file.</param>
    /// <param name="problem">What is wrong, a clause.</param>
    public OneWayRecord? TryRecord(string? stopper, int capture, out string? problem)
    {
        problem = null;
        if (_source is not { } source || _destination is not { } destination)
            problem = "is an entry without two addresses, which was skipped";
        else if (_transport is not { } transport)
            problem = "is an entry without a protocol, which was skipped";
        else if (transport.HasPorts
            && (_sourcePort is not <= ushort.MaxValue || _destinationPort is not <= ushort.MaxValue))
            problem = "is an entry without two ports, which was skipped";
        else if ((_startNs ?? _loggedNs) is not { } startNs)
            problem = "is an entry without a time, which was skipped";
        else
        {
            var hasPorts = transport.HasPorts;
            return new OneWayRecord(new Endpoint(source, hasPorts ? (ushort)_sourcePort!.Value : (ushort)0),
                new Endpoint(destination, hasPorts ? (ushort)_destinationPort!.Value : (ushort)0), transport)
            {
                StartNs = startNs,
                EndNs = Math.Max(startNs, _endNs ?? startNs),
                Packets = Math.Max(1, _packets ?? 1),
                Bytes = _bytes ?? 0,
                PayloadBytes = _bytes ?? 0,
                Word = _isDenied ? FirewallWord.Rejected : _isOfFirewall ? FirewallWord.Accepted : FirewallWord.None,
                Stopper = stopper,
                Sensor = Reporter,
                IsOpener = _isOfFirewall,
                ShowsAnswers = false,
                Identifier = Identifier,
                Line = new FrameReference(capture, Line),
            };
        }

        return null;
    }

    private static IpProtocol? TransportOf(ReadOnlySpan<byte> value)
    {
        if (Number(value) is > 0 and <= byte.MaxValue and var number)
            return new IpProtocol((byte)number);
        return value switch
        {
            _ when Ascii.EqualsIgnoreCase(value, "tcp"u8) => IpProtocol.Tcp,
            _ when Ascii.EqualsIgnoreCase(value, "udp"u8) => IpProtocol.Udp,
            _ when Ascii.EqualsIgnoreCase(value, "icmp"u8) => IpProtocol.Icmp,
            _ when Ascii.EqualsIgnoreCase(value, "esp"u8) => IpProtocol.Esp,
            _ when Ascii.EqualsIgnoreCase(value, "sctp"u8) => IpProtocol.Sctp,
            _ => null,
        };
    }

    private static long? Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length && number >= 0
            ? number : null;
}
