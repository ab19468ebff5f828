using System.Security.Cryptography;
using PortAudit.Traffic.Flows;

namespace PortAudit.Tests.Flows;

public sealed class Sha1BlocksTests
{
    /// <summary>The example of FIPS 180-4 for one block.</summary>
    [Fact]
    public void The_published_example_comes_out() => Assert.Equal("a9993e364706816aba3e25717850c26c9cd0d89d", Hex(["abc"u8.ToArray()])[0]);

    [Fact]
    public void Every_length_gives_in_every_lane_what_the_platform_gives()
    {
        var random = new Random(3);
        for (var round = 0; round < 20 * Sha1Blocks.MaximumLength; round += Sha1Blocks.Lanes)
        {
            var messages = Enumerable.Range(round, Sha1Blocks.Lanes).Select(index => new byte[index % (Sha1Blocks.MaximumLength + 1)]).ToArray();
            foreach (var message in messages)
                random.NextBytes(message);
#pragma warning disable CA5350 // What the Community ID asks for.
            Assert.Equal(messages.Select(message => Convert.ToHexStringLower(SHA1.HashData(message))), Hex(messages));
#pragma warning restore CA5350
        }
    }

    [Fact]
    public void A_message_that_does_not_fit_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Hex([new byte[Sha1Blocks.MaximumLength + 1]]));

    private static string[] Hex(byte[][] messages)
    {
        var blocks = new byte[Sha1Blocks.Lanes * Sha1Blocks.BlockLength];
        for (var lane = 0; lane < messages.Length; lane++)
        {
            messages[lane].CopyTo(blocks, lane * Sha1Blocks.BlockLength);
            Sha1Blocks.Pad(blocks.AsSpan(lane * Sha1Blocks.BlockLength, Sha1Blocks.BlockLength), messages[lane].Length);
        }

        var hashes = new byte[Sha1Blocks.Lanes * Sha1Blocks.HashLength];
        Sha1Blocks.Hash(blocks, hashes);
        return [.. messages.Select((_, lane) => Convert.ToHexStringLower(hashes, lane * Sha1Blocks.HashLength, Sha1Blocks.HashLength))];
    }
}
