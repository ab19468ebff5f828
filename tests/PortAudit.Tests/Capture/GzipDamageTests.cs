using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>Damage of a gzip file costs nothing that came before it.</summary>
public sealed class GzipDamageTests
{
    private const int Packets = GzipBytes.Packets;
    private const string Measure = " (offsets count uncompressed bytes)";

    private const int TrailingBytes = 100;

    /// <summary>A member's header without optional fields (RFC 1952 §2.3).</summary>
    private static readonly byte[] Header = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

    private static readonly byte[] Plain = GzipBytes.Pcap();

    [Fact]
    public void A_wrong_checksum_or_length_is_damage_behind_the_last_packet()
    {
        foreach (var field in new[] { 8, 4 })
        {
            var gzip = GzipBytes.Of(Plain);
            gzip[^field] ^= 1;
            var (packets, source) = PacketCopy.All(gzip);
            Assert.Equal(Packets, packets.Count);
            Assert.Equal(new CaptureEnd(CaptureEndKind.Damaged, Plain.Length,
                $"the gzip stream is damaged at its compressed byte {gzip.Length - field + 3}, 0 bytes into the record "
                    + $"at offset {Plain.Length}; packets 1-{Packets} precede it{Measure}"), source.Ending);
        }
    }

    /// <summary>Whatever the last byte before the damage is, and however much a reader asks for.</summary>
    [Theory]
    [InlineData(0, 0x00)]
    [InlineData(1, 0xFF)]
    [InlineData(500, 0x00)]
    [InlineData(1023, 0xFF)]
    [InlineData(1024, 0xFF)]
    [InlineData(1025, 0x00)]
    [InlineData(8170, 0x41)]
    [InlineData(40_000, 0x00)]
    public void Every_byte_before_damaged_blocks_is_given(int length, int last)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        if (length > 0)
            content[^1] = (byte)last;
        byte[] first = GzipBytes.Of(Plain);
        byte[] file = [.. first, .. MemberWithReservedBlock(content)];
        foreach (var asked in new[] { 1, 999, 1024, 8192, 300_000 })
        {
            using var stream = new GzipContent(new BlockBuffer(new MemoryStream(file)));
            var (bytes, failure) = ReadAll(stream, asked);
            Assert.Equal([.. Plain, .. content], bytes);
            Assert.Equal($"the gzip stream is damaged at its compressed byte {file.Length - TrailingBytes - 1},",
                failure?.Message);
            Assert.Throws<InvalidDataException>(() => stream.Read(new byte[1]));
        }
    }

    [Fact]
    public void Damage_that_compressed_much_keeps_every_byte_before_it()
    {
        // Fixed codes (RFC 1951 §3.2.6): a literal 'a', a length of 258 at distance 1 some times, then a distance code
        // that does not exist (30).
        foreach (var repeats in new[] { 1, 5, 300, 5000 })
        {
            var bits = new List<int> { 1, 1, 0 };
            Append(bits, 0x30 + 'a', 8);
            for (var i = 0; i < repeats; i++)
            {
                Append(bits, 0xC0 + (285 - 280), 8);
                Append(bits, 0, 5);
            }

            Append(bits, 0xC0 + (285 - 280), 8);
            Append(bits, 30, 5);
            using var stream = new GzipContent(new BlockBuffer(new MemoryStream([.. Header, .. Bytes(bits),
                .. new byte[TrailingBytes]])));
            var (bytes, failure) = ReadAll(stream, 100_000);
            Assert.Equal(Enumerable.Repeat((byte)'a', 1 + (258 * repeats)), bytes);
            Assert.StartsWith($"the gzip stream is damaged at its compressed byte "
                + $"{Header.Length + Bytes(bits).Length - 1}", failure?.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_pipe_that_is_damaged_loses_at_most_one_read()
    {
        var gzip = GzipBytes.Of(Plain);
        gzip[^6] ^= 1;
        using var source = CaptureFile.Open(new ScriptedStream(gzip, 64), "-");
        Assert.NotEmpty(PacketCopy.All(source));
        Assert.Equal(CaptureEndKind.Damaged, source.Ending!.Kind);
        Assert.InRange(source.Ending.Offset, Plain.Length - 1100, Plain.Length);
        Assert.StartsWith("the gzip stream is damaged behind its compressed byte ", source.Ending.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_with_every_field_is_passed_over()
    {
        // RFC 1952 §2.3: FTEXT, FHCRC, FEXTRA, FNAME and FCOMMENT.
        byte[] header =
            [0x1F, 0x8B, 8, 0x1F, 1, 2, 3, 4, 0, 3, 6, 0, (byte)'a', (byte)'b', 2, 0, 7, 7, .. "name\0comment\0"u8];
        byte[] plain = GzipBytes.Of(Plain);
        byte[] member = [.. header, .. HeaderCheck(header), .. plain[10..]];
        var (packets, source) = PacketCopy.All([.. member, .. GzipBytes.Of([])]);
        Assert.Equal(Packets, packets.Count);
        Assert.True(source.Ending!.IsComplete);
    }

    /// <summary>A member that stores <paramref name="content"/> and then has a block of the reserved type 3 (RFC 1951
    /// §3.2.3).</summary>
    private static byte[] MemberWithReservedBlock(byte[] content)
    {
        var length = (ushort)content.Length;
        return [.. Header, 0, (byte)length, (byte)(length >> 8), (byte)~length, (byte)(~length >> 8), .. content, 0x07,
            .. new byte[TrailingBytes]];
    }

    /// <summary>Appends a Huffman code, most significant bit first (RFC 1951 §3.1.1).</summary>
    private static void Append(List<int> bits, int code, int length)
    {
        for (var bit = length - 1; bit >= 0; bit--)
            bits.Add((code >> bit) & 1);
    }

    private static byte[] Bytes(List<int> bits) =>
        [.. bits.Chunk(8).Select(chunk => (byte)chunk.Select((bit, at) => bit << at).Sum())];

    /// <summary>The lower half of the CRC-32 of a header (RFC 1952 §2.3.1.2).</summary>
    private static byte[] HeaderCheck(byte[] header)
    {
        var crc = 0xFFFF_FFFFu;
        foreach (var value in header)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1;
        }

        return [(byte)~crc, (byte)(~crc >> 8)];
    }

    private static (byte[] Bytes, InvalidDataException? Failure) ReadAll(GzipContent stream, int asked)
    {
        using var all = new MemoryStream();
        var buffer = new byte[asked];
        try
        {
            while (stream.Read(buffer) is > 0 and var count)
                all.Write(buffer, 0, count);
            return (all.ToArray(), null);
        }
        catch (InvalidDataException failure)
        {
            return (all.ToArray(), failure);
        }
    }
}
