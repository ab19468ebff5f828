using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Protocols.Tls.HelloBuilder;

namespace PortAudit.Tests.Protocols.Tls;

public sealed class TlsHelloTests
{
    private static readonly byte[] Sample = Client([0x1301, 0xC02F], (0, [0, 4, 0, 0, 1, 97]), (10, List(Words(29))),
        (13, List(Words(0x0403))), (35, [1]));

    [Fact]
    public void A_client_hello_gives_its_lists()
    {
        var hello = Parse(Sample);

        Assert.True(hello.IsWhole);
        Assert.Equal(Words(0x1301, 0xC02F), hello.CipherSuites.ToArray());
        Assert.Equal("a"u8.ToArray(), hello.Extensions.ServerName.ToArray());
        Assert.Equal(Words(29), hello.Extensions.Groups.ToArray());
        Assert.Equal(Words(0x0403), hello.Extensions.SignatureAlgorithms.ToArray());
        Assert.True(hello.Extensions.Contains(TlsExtension.SessionTicket));
        Assert.False(hello.Extensions.Contains(TlsExtension.EarlyData));
        Assert.False(hello.IsRetryRequest);
    }

    [Fact]
    public void Every_prefix_is_incomplete_or_not_whole()
    {
        for (var length = 0; length < Sample.Length; length++)
        {
            if (TlsHello.TryParse(Sample.AsSpan(..length), isClient: true, out var hello, out var error))
                Assert.True(!hello.IsWhole || hello.Extensions.ServerName.IsEmpty, $"{length}");
            else
                Assert.Equal(ParseError.Incomplete, error);
        }
    }

    [Fact]
    public void A_server_hello_of_a_draft_has_neither_session_id_nor_compression()
    {
        var hello = Parse([0x7F, 18, .. new byte[32], .. Words(0x1301), .. List([.. Words(40), 0, 0])],
            isClient: false);

        Assert.True(hello.IsWhole);
        Assert.Equal(Words(0x1301), hello.CipherSuites.ToArray());
        Assert.True(hello.SessionId.IsEmpty);
        Assert.True(hello.Extensions.Contains(40));
    }

    [Fact]
    public void Extensions_beyond_the_bound_make_it_not_whole()
    {
        var most = Enumerable.Range(0, TlsExtensions.MaximumExtensions)
            .Select(number => ((ushort)number, Array.Empty<byte>())).ToArray();

        Assert.True(Parse(Client([47], most)).IsWhole);
        Assert.False(Parse(Client([47], [.. most, (200, [])])).IsWhole);
    }

    [Fact]
    public void Reading_allocates_nothing() => Assert.Equal(0, Allocation.Least(() =>
    {
        TlsHello.TryParse(Sample, isClient: true, out var hello, out _);
        _ = hello.Extensions.HighestVersion + hello.Extensions.Groups.Length;
    }));
}
