using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PortAudit.Reports.Flows.CommunityIds;

namespace PortAudit.Tests.Reports.CommunityIds;

public sealed class Sha1BlocksTests
{
    /// <summary>The messages of no byte and of four of NIST's own vectors (CAVP, SHA1ShortMsg).</summary>
    [Fact]
    public void The_published_examples_come_out() => Assert.Equal(
        ["da39a3ee5e6b4b0d3255bfef95601890afd80709", "b78bae6d14338ffccfd5d5b5674a275f6ef9c717"],
        Hex([[], [0x54, 0x9E, 0x95, 0x9E]]));

    [Fact]
    public void Every_length_gives_in_every_lane_what_the_platform_gives()
    {
        var random = new Random(3);
        for (var round = 0; round < 80 * Sha1Blocks.MaximumWords; round += Sha1Blocks.Lanes)
        {
            var messages = Enumerable.Range(round, Sha1Blocks.Lanes)
                .Select(index => new byte[index % (Sha1Blocks.MaximumWords + 1) * sizeof(uint)]).ToArray();
            foreach (var message in messages)
                random.NextBytes(message);
            Assert.Equal(messages.Select(message => Convert.ToHexStringLower(Sha1(message))), Hex(messages));
        }
    }

    [Fact]
    public void Hashes_have_the_base64_form_that_the_platform_gives()
    {
        var random = new Random(4);
        for (var round = 0; round < 500; round++)
        {
            var hashes = Enumerable.Range(0, Sha1Blocks.Lanes)
                .Select(_ => new byte[Sha1Blocks.HashWords * sizeof(uint)]).ToArray();
            foreach (var hash in hashes)
                random.NextBytes(hash);
            var words = InLanes(hashes, Sha1Blocks.HashWords);
            var texts = new uint[Base64Lanes.TextWords * Sha1Blocks.Lanes];
            Base64Lanes.Encode(words, texts);
            Assert.Equal(hashes.Select(Convert.ToBase64String), Enumerable.Range(0, Sha1Blocks.Lanes).Select(lane =>
                Encoding.ASCII.GetString(OfLane(texts, lane, BinaryPrimitives.WriteUInt32LittleEndian))));
        }
    }

    [Fact]
    public void A_message_that_does_not_fit_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha1Blocks.SetMessage(new uint[Sha1Blocks.BlockWords
            * Sha1Blocks.Lanes], 0, new byte[(Sha1Blocks.MaximumWords + 1) * sizeof(uint)]));

#pragma warning disable CA5350 // What the Community ID asks for.
    private static byte[] Sha1(byte[] message) => SHA1.HashData(message);
#pragma warning restore CA5350

    private static string[] Hex(byte[][] messages)
    {
        var blocks = new uint[Sha1Blocks.BlockWords * Sha1Blocks.Lanes];
        for (var lane = 0; lane < messages.Length; lane++)
            Sha1Blocks.SetMessage(blocks, lane, messages[lane]);

        var hashes = new uint[Sha1Blocks.Lanes * Sha1Blocks.HashWords];
        Sha1Blocks.Hash(blocks, hashes);
        return [.. messages.Select((_, lane) =>
            Convert.ToHexStringLower(OfLane(hashes, lane, BinaryPrimitives.WriteUInt32BigEndian)))];
    }

    /// <summary>The words of messages, those of all lanes together.</summary>
    private static uint[] InLanes(byte[][] messages, int words)
    {
        var lanes = new uint[words * Sha1Blocks.Lanes];
        foreach (var (lane, message) in messages.Index())
        {
            for (var word = 0; word < message.Length / sizeof(uint); word++)
                lanes[(word * Sha1Blocks.Lanes)
                    + lane] = BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(word * sizeof(uint)));
        }

        return lanes;
    }

    private static byte[] OfLane(uint[] words, int lane, WordWriter write)
    {
        var bytes = new byte[words.Length / Sha1Blocks.Lanes * sizeof(uint)];
        for (var word = 0; word < bytes.Length / sizeof(uint); word++)
            write(bytes.AsSpan(word * sizeof(uint)), words[(word * Sha1Blocks.Lanes) + lane]);
        return bytes;
    }

    private delegate void WordWriter(Span<byte> bytes, uint word);
}
