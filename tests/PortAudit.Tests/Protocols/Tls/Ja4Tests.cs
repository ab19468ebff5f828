using System.Text;
using PortAudit.Traffic.Protocols.Tls;
using static PortAudit.Tests.Protocols.Tls.HelloBuilder;

namespace PortAudit.Tests.Protocols.Tls;

/// <summary>The examples of FoxIO's technical_details/JA4.md.</summary>
public sealed class Ja4Tests
{
    private static readonly ushort[] Suites =
        [0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D, 0x002F,
            0x0035];

    private static readonly ushort[] Types =
        [0x001B, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002D, 0x000D, 0x0005, 0x0023, 0x0012, 0x002B, 0xFF01, 0x000B,
            0x000A, 0x0015];

    private static readonly byte[] Schemes = Words(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601);

    [Fact]
    public void The_published_example_has_its_fingerprint() =>
        Assert.Equal("t13d1516h2_8daaf6152771_e5627efa2ab1",
            Of(Client(Suites, [.. Types.Select(type => (type, ContentOf(type)))])));

    [Fact]
    public void Values_that_only_try_the_server_s_patience_do_not_count()
    {
        var body = Client([0x0A0A, .. Suites, 0xFAFA],
            [(0x1A1A, []), .. Types.Select(type => (type, ContentOf(type))), (0xEAEA, [0])]);

        Assert.Equal("t13d1516h2_8daaf6152771_e5627efa2ab1", Of(body));
    }

    [Fact]
    public void Without_signature_schemes_the_text_ends_without_an_underscore() =>
        Assert.EndsWith("_6d807ffa2a79",
            Of(Client(Suites, [.. Types.Select(type => (type, type == 0x000D ? [] : ContentOf(type)))])),
            StringComparison.Ordinal);

    [Fact]
    public void Empty_lists_have_zeros()
    {
        Assert.Equal("t12i000000_000000000000_000000000000", Of([3, 3, .. new byte[32], 0, 0, 0, 1, 0]));
        Assert.Equal("t12d010100_", Of(Client([0x002F], (0, [])))[..11]);
    }

    [Theory]
    [InlineData("AB", "ab")]
    [InlineData("20", "20")]
    [InlineData("ABCD", "ad")]
    [InlineData("2061", "21")]
    [InlineData("30AB", "3b")]
    [InlineData("6120", "60")]
    [InlineData("3031ABCD", "3d")]
    [InlineData("30ABCD31", "01")]
    [InlineData("61", "aa")]
    [InlineData("687474702F312E31", "h1")]
    public void The_edges_of_the_first_alpn_name_are_shown(string name, string expected) =>
        Assert.Equal($"t12i0101{expected}", Of(Client([0x002F], (0x0010, Alpn(Convert.FromHexString(name)))))[..10]);

    [Fact]
    public void Counts_stop_at_99() =>
        Assert.StartsWith("t12i9901",
            Of(Client([.. Enumerable.Range(1, 120).Select(number => (ushort)number)], (5, []))),
            StringComparison.Ordinal);

    [Fact]
    public void The_transport_is_the_first_letter()
    {
        Span<byte> fingerprint = stackalloc byte[Ja4.Length];
        var body = Client(Suites);
        (body[0], body[1]) = (3, 3);

        Assert.True(Ja4.TryWrite(Parse(body), (byte)'d', fingerprint));
        Assert.Equal((byte)'d', fingerprint[0]);
    }

    [Fact]
    public void More_suites_than_there_are_have_no_fingerprint()
    {
        Span<byte> fingerprint = stackalloc byte[Ja4.Length];
        var most = Enumerable.Range(0, Ja4.MaximumSuites).Select(number => (ushort)(number * 128)).ToArray();

        Assert.True(Ja4.TryWrite(Parse(Client(most)), Ja4.OverTcp, fingerprint));
        Assert.False(Ja4.TryWrite(Parse(Client([.. most, 1])), Ja4.OverTcp, fingerprint));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var body = Client(Suites, [.. Types.Select(type => (type, ContentOf(type)))]);
        var fingerprint = new byte[Ja4.Length];

        Assert.Equal(0, Allocation.Least(() =>
        {
            TlsHello.TryParse(body, isClient: true, out var hello, out _);
            Ja4.TryWrite(hello, Ja4.OverTcp, fingerprint);
        }));
    }

    private static byte[] ContentOf(ushort type) => type switch
    {
        0x000D => List(Schemes),
        0x0010 => Alpn([.. "h2"u8]),
        0x002B => [4, 0x1A, 0x1A, 3, 4],
        _ => [],
    };

    private static string Of(byte[] body)
    {
        Span<byte> fingerprint = stackalloc byte[Ja4.Length];
        Assert.True(Ja4.TryWrite(Parse(body), Ja4.OverTcp, fingerprint));
        return Encoding.ASCII.GetString(fingerprint);
    }
}
