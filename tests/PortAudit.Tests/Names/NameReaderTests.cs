using PortAudit.Tests.Audit;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Names;

public sealed class NameReaderTests
{
    private const int Rounds = 3_000;
    private static readonly IpAddress Originator = FlowSample.AddressOf("10.0.0.1");
    private static readonly IpAddress Responder = FlowSample.AddressOf("10.0.0.2");

    public static TheoryData<string> Vectors => NameVectors.Names;

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_message_names_the_addresses_it_tells_of(string name)
    {
        var vector = NameVectors.Find(name);
        var notes = new NameNotes();
        Read(vector, vector.FromOriginator, vector.FromResponder, notes);

        Assert.Equal(vector.Told, Told(notes));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void No_prefix_and_no_changed_byte_breaks_a_reader(string name)
    {
        var vector = NameVectors.Find(name);
        var notes = new NameNotes();
        var random = new Random(20260731);
        for (var length = 0; length <= Math.Max(vector.FromOriginator.Length, vector.FromResponder.Length); length++)
            Read(vector, Prefix(vector.FromOriginator, length), Prefix(vector.FromResponder, length), notes);
        for (var round = 0; round < Rounds; round++)
            Read(vector, Changed(vector.FromOriginator, random), Changed(vector.FromResponder, random), notes);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Reading_and_keeping_a_known_name_allocates_nothing(string name)
    {
        var vector = NameVectors.Find(name);
        var (notes, book) = (new NameNotes(), new HostNameTable());
        var reader = ReaderOf(vector);

        Assert.Equal(0, Allocation.Least(() =>
        {
            notes.Clear();
            reader.Read(PayloadOf(vector.IsStream, vector.FromOriginator, vector.FromResponder), notes);
            book.Add(notes, 1);
        }));
    }

    [Fact]
    public void Every_protocol_that_tells_names_has_vectors() =>
        Assert.Equal(
            ["dcerpc", "llmnr", "tds"], // the same readers as those of LDAP and DNS
            ProtocolRegistry.Rows.Where(row => row.Names is not null).Select(row => row.Name)
                .Except(NameVectors.All.Select(vector => vector.Protocol)).Order(StringComparer.Ordinal));

    [Fact]
    public void Random_bytes_break_no_reader()
    {
        var random = new Random(20260801);
        var notes = new NameNotes();
        foreach (var reader in ProtocolRegistry.Rows.Select(row => row.Names).OfType<INameReader>())
        {
            for (var round = 0; round < Rounds; round++)
            {
                var bytes = new byte[random.Next(300)];
                random.NextBytes(bytes);
                notes.Clear();
                reader.Read(PayloadOf(round % 2 == 0, bytes, []), notes);
            }
        }
    }

    private static void Read(NameVector vector, ReadOnlySpan<byte> fromOriginator, ReadOnlySpan<byte> fromResponder,
        NameNotes notes)
    {
        notes.Clear();
        ReaderOf(vector).Read(PayloadOf(vector.IsStream, fromOriginator, fromResponder), notes);
    }

    private static INameReader ReaderOf(NameVector vector) => ProtocolRegistry.Find(vector.Protocol)!.Names!;

    private static NamePayload PayloadOf(bool isStream, ReadOnlySpan<byte> fromOriginator,
        ReadOnlySpan<byte> fromResponder) =>
        new(isStream, Originator, Responder, fromOriginator, fromResponder);

    private static string Told(NameNotes notes) => string.Join(", ", Enumerable.Range(0, notes.Count)
        .Select(index => $"{notes.AddressAt(index)} {notes.NameAt(index)} {notes.BasisAt(index).ToText()}")
        .Order(StringComparer.Ordinal));

    private static ReadOnlySpan<byte> Prefix(byte[] bytes, int length) =>
        bytes.AsSpan(0, Math.Min(bytes.Length, length));

    private static byte[] Changed(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
            return bytes;
        var changed = bytes.ToArray();
        changed[random.Next(changed.Length)] = (byte)random.Next(256);
        return changed;
    }
}
