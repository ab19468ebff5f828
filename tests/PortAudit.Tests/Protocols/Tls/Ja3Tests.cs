using System.Security.Cryptography;
using System.Text;
using PortAudit.Traffic.Protocols.Tls;
using static PortAudit.Tests.Protocols.Tls.HelloBuilder;

namespace PortAudit.Tests.Protocols.Tls;

public sealed class Ja3Tests
{
    /// <summary>The texts of the examples in salesforce/ja3's README, and their MD5 there.</summary>
    [Fact]
    public void The_published_examples_have_their_digests()
    {
        byte[] body = Client(
            [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4],
            (0, []),
            (10, List(Words(23, 24, 25))),
            (11, [1, 0]));
        body[1] = 1;
        Assert.Equal("ada70206e40642a3e4461f35503241d5", OfClient(body));

        body = [3, 1, .. new byte[32], 0, .. List(Words(4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99)), 1, 0];
        Assert.Equal("de350869b8c85de67a350c8d186f11e6", OfClient(body));
    }

    [Fact]
    public void Values_that_only_try_the_server_s_patience_do_not_count()
    {
        byte[] plain = Client([47], (10, List(Words(23))), (11, [1, 0]));
        byte[] greased = Client([0x2A2A, 47], (0x3A3A, []), (10, List(Words(0xDADA, 23))), (11, [1, 0]));

        Assert.Equal(OfClient(plain), OfClient(greased));
        Assert.Equal(Md5("771,47,10-11,23,0"), OfClient(plain));
    }

    [Fact]
    public void A_server_s_has_version_suite_and_extensions()
    {
        Span<byte> digest = stackalloc byte[Ja3.Length];

        Assert.True(Ja3.TryWriteServer(Parse(Server(0xC02F, (0xFF01, [0]), (16, [])), isClient: false), digest));
        Assert.Equal(Md5("771,49199,65281-16"), Convert.ToHexStringLower(digest));
    }

    [Fact]
    public void Half_a_hello_has_none()
    {
        var body = Client([47], (10, List(Words(23))));
        Span<byte> digest = stackalloc byte[Ja3.Length];

        Assert.False(Ja3.TryWriteClient(Parse(body[..^1]), digest));
    }

    [Fact]
    public void A_hello_longer_than_the_bound_has_none()
    {
        Span<byte> digest = stackalloc byte[Ja3.Length];

        Assert.False(Ja3.TryWriteClient(Parse(Client([.. Enumerable.Repeat((ushort)0xC02F, 700)])), digest));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var body = Client([47], (10, List(Words(23))), (11, [1, 0]));
        var digest = new byte[Ja3.Length];

        Assert.Equal(0, Allocation.Least(() =>
        {
            TlsHello.TryParse(body, isClient: true, out var hello, out _);
            Ja3.TryWriteClient(hello, digest);
        }));
    }

    private static string OfClient(byte[] body)
    {
        Span<byte> digest = stackalloc byte[Ja3.Length];
        Assert.True(Ja3.TryWriteClient(Parse(body), digest));
        return Convert.ToHexStringLower(digest);
    }

#pragma warning disable CA5351 // MD5 is what JA3 is defined by.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351
}
