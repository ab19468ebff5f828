using System.Globalization;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols;

/// <summary>
/// One line of a <c>.vectors</c> file: <c>name | transport port&gt;port | expectation | originator's bytes |
/// responder's bytes</c>, and over UDP and ICMP, where one of the two is the datagram or message at hand, perhaps <c> |
/// earlier datagrams</c>: parted by spaces, oldest first, <c>&gt;</c> or <c>&lt;</c> before the bytes of each. The
/// expectation is <c>none</c> or <c>protocol service client</c>, with <c>~</c> before the protocol when it matches in
/// shape only. Bytes are hexadecimal or quoted text with <c>\r</c> and <c>\n</c>; <c>-</c> stands for nothing.
/// </summary>
public sealed record RecogniserVector(string Name, IpProtocol Transport, ushort OriginatorPort, ushort ResponderPort,
    string? Protocol, string? Service, ClientSide Client)
{
    private byte[] Earlier { get; init; } = [];

    internal MatchStrength Strength { get; private init; }

    internal byte[] FromOriginator { get; private init; } = [];

    internal byte[] FromResponder { get; private init; } = [];

    public override string ToString() => Name;

    internal static IReadOnlyList<RecogniserVector> All { get; } = Load();

    internal static RecogniserVector Find(string name) => All.Single(vector => vector.Name == name);

    /// <summary>The vector with a byte or number of its earlier datagrams changed, as often as not.</summary>
    internal RecogniserVector WithChangedHistory(Random random)
    {
        if (Earlier.Length == 0 || random.Next(2) == 0)
            return this;
        var changed = Earlier.ToArray();
        var record = changed.AsSpan(random.Next(changed.Length / DatagramHistory.RecordLength)
            * DatagramHistory.RecordLength, DatagramHistory.RecordLength);
        var head = record.Slice(DatagramHistory.RecordLength - DatagramHistory.HeadLength, record[1]);
        if (random.Next(2) == 0)
            SetEdge(head, random);
        else if (head.Length > 0)
            head[random.Next(head.Length)] = (byte)random.Next(256);
        return this with { Earlier = changed };
    }

    /// <summary>Writes one of the numbers at which signs and sums turn over.</summary>
    internal static void SetEdge(Span<byte> bytes, Random random)
    {
        if (bytes.Length < sizeof(ulong))
            return;
        var width = 1 << random.Next(1, 4);
        var number = random.Next(4) switch
        {
            0 => 0UL,
            1 => ulong.MaxValue,
            2 => 1UL << ((8 * width) - 1),
            _ => (1UL << ((8 * width) - 1)) - 1
        };
        var place = bytes.Slice(random.Next(bytes.Length - width + 1), width);
        for (var index = 0; index < width; index++)
            place[index] = (byte)(number >> (8 * (width - 1 - index)));
    }

    /// <summary>What the recogniser of one row answers to these bytes on this vector's ports.</summary>
    internal RecogniserAnswer Ask(ProtocolRow row, ReadOnlySpan<byte> fromOriginator, ReadOnlySpan<byte> fromResponder,
        bool isWhole, out Recognition recognition)
    {
        recognition = default;
        var recogniser =
            Transport == IpProtocol.Tcp ? row.OverTcp : Transport == IpProtocol.Udp ? row.OverUdp : row.OverIcmp;
        var conversation = new Conversation(Transport, OriginatorPort, ResponderPort, fromOriginator, fromResponder,
            isWhole, new DatagramHistory(Earlier, Sides.LowIf(IsForward(fromOriginator, fromResponder))));
        return recogniser?.Recognise(conversation, ref recognition) ?? RecogniserAnswer.NoMatch;
    }

    /// <summary>The names of all rows that claim these bytes, of those of strength <see cref="MatchStrength.Proof"/>
    /// alone when there is one, as identification does.</summary>
    internal List<string> Claims(ReadOnlySpan<byte> fromOriginator, ReadOnlySpan<byte> fromResponder,
        bool isWhole = true)
    {
        var proofs = new List<string>();
        var shapes = new List<string>();
        foreach (var row in ProtocolRegistry.Rows)
        {
            if (Ask(row, fromOriginator, fromResponder, isWhole, out var recognition) == RecogniserAnswer.Match)
                (recognition.Strength == MatchStrength.Proof ? proofs : shapes).Add(row.Name);
        }

        return proofs.Count > 0 ? proofs : shapes;
    }

    /// <summary>False when the ends were exchanged: then those of the earlier datagrams are, too.</summary>
    private bool IsForward(ReadOnlySpan<byte> fromOriginator, ReadOnlySpan<byte> fromResponder) =>
        FromOriginator.Length == 0 == fromOriginator.IsEmpty && FromResponder.Length == 0 == fromResponder.IsEmpty;

    private static List<RecogniserVector> Load()
    {
        var assembly = typeof(RecogniserVector).Assembly;
        var vectors = new List<RecogniserVector>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.Contains(".Protocols.",
            StringComparison.Ordinal) && name.EndsWith(".vectors", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            while (reader.ReadLine() is { } line)
            {
                if (line.Length > 0 && line[0] != '#')
                    vectors.Add(Parse(line));
            }
        }

        return vectors;
    }

    private static RecogniserVector Parse(string line)
    {
        var fields = line.Split(" | ");
        var place = fields[1].Split(' ', '>');
        var expected = fields[2].Split(' ');
        Assert.True(IpProtocol.TryParse(place[0], out var transport), line);
        return new RecogniserVector(
            fields[0],
            transport,
            ushort.Parse(place[1], CultureInfo.InvariantCulture),
            ushort.Parse(place[2], CultureInfo.InvariantCulture),
            expected[0] == "none" ? null : expected[0].TrimStart('~'),
            expected.Length < 2 || expected[1] == "-" ? null : expected[1],
            expected.Length < 3 ? ClientSide.Unknown : Enum.Parse<ClientSide>(expected[2], ignoreCase: true))
        {
            FromOriginator = Bytes(fields[3]),
            FromResponder = Bytes(fields[4]),
            Strength = expected[0][0] == '~' ? MatchStrength.Shape : MatchStrength.Proof,
            Earlier = fields.Length < 6 ? [] : [.. fields[5].Split(' ').SelectMany(Record)],
        };
    }

    private static byte[] Record(string datagram)
    {
        var record = new byte[DatagramHistory.RecordLength];
        DatagramHistory.Write(record, Bytes(datagram[1..]), Sides.LowIf(datagram[0] == '>'));
        return record;
    }

    private static byte[] Bytes(string field) => field[0] switch
    {
        '-' => [],
        '"' => System.Text.Encoding.ASCII.GetBytes(field[1..^1].Replace("\\r", "\r", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal)),
        _ => Convert.FromHexString(field),
    };
}
