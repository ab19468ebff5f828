using System.Security.Cryptography;
using PortAudit.Traffic.Flows;

namespace PortAudit.Tests.Flows;

public sealed class Sha1BlockTests
{
    /// <summary>The example of FIPS 180-4 for one block.</summary>
    [Fact]
    public void The_published_example_comes_out() => Assert.Equal("a9993e364706816aba3e25717850c26c9cd0d89d", Hex("abc"u8));

    [Fact]
    public void Every_length_gives_what_the_platform_gives()
    {
        var random = new Random(3);
        for (var round = 0; round < 20; round++)
        {
            for (var length = 0; length <= Sha1Block.MaximumLength; length++)
            {
                var message = new byte[length];
                random.NextBytes(message);
#pragma warning disable CA5350 // What the Community ID asks for.
                Assert.Equal(Convert.ToHexStringLower(SHA1.HashData(message)), Hex(message));
#pragma warning restore CA5350
            }
        }
    }

    [Fact]
    public void A_message_that_does_not_fit_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Hex(new byte[Sha1Block.MaximumLength + 1]));

    private static string Hex(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[Sha1Block.HashLength];
        Sha1Block.Hash(message, hash);
        return Convert.ToHexStringLower(hash);
    }
}
