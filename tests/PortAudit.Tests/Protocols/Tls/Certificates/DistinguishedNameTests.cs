using System.Text;
using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Tls.Certificates;

namespace PortAudit.Tests.Protocols.Tls.Certificates;

public sealed class DistinguishedNameTests
{
    private const string CommonName = "550403";
    private const string Organization = "55040A";

    /// <summary>Expected text and the parts of one relative name: pairs of attribute type and encoded value, in
    /// hexadecimal.</summary>
    [Theory]
    [InlineData("CN=plain", CommonName, "1305706C61696E")]
    [InlineData("CN=Ärger", CommonName, "0C06C384726765 72")]
    [InlineData("CN=Ärger", CommonName, "1405C472676572")]
    [InlineData("CN=Ärger", CommonName, "1E0A00C40072006700650072")]
    [InlineData("CN=Ä", CommonName, "1C04000000C4")]
    [InlineData("CN=\U0001F511", CommonName, "1E04D83DDD11")]
    [InlineData("CN=\uFFFD", CommonName, "1E02D83D")]
    [InlineData("CN=\uFFFDa", CommonName, "0C02FF61")]
    [InlineData("CN=a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h", CommonName, "130F612C622B6322645C653C663E673B68")]
    [InlineData("CN=\\#a#b", CommonName, "130423612362")]
    [InlineData("CN=\\ a b\\ ", CommonName, "130520612062 20")]
    [InlineData("CN=\\ ", CommonName, "130120")]
    [InlineData("CN=a\\00b\\0A", CommonName, "1304610062 0A")]
    [InlineData("CN=", CommonName, "1300")]
    [InlineData("CN=#0203010203", CommonName, "0203010203")]
    [InlineData("DC=com", "0992268993F22C640119", "1603636F6D")]
    [InlineData("emailAddress=a@b", "2A864886F70D010901", "1603614062")]
    [InlineData("1.3.6.1.4.1.32473=#130161", "2B0601040181FD59", "130161")]
    [InlineData("2.999=#0500", "8837", "0500")]
    [InlineData("CN=a+O=b", CommonName, "130161", Organization, "130162")]
    public void A_relative_name_is_written(string expected, params string[] parts)
    {
        Assert.Equal(expected, Write(Relative(parts)));
    }

    [Fact]
    public void The_last_relative_name_comes_first()
    {
        Assert.Equal("CN=c,O=b,DC=a", Write([.. Relative("0992268993F22C640119", "160161"),
            .. Relative(Organization, "130162"), .. Relative(CommonName, "130163")]));
    }

    [Fact]
    public void Of_very_many_relative_names_the_most_general_are_left_out()
    {
        var name = Enumerable.Range(0, 40)
            .SelectMany(i => Relative(Organization, $"1302{'0' + i / 10:X2}{'0' + i % 10:X2}")).ToArray();

        var text = Write(name);

        Assert.StartsWith("O=39,O=38,", text, StringComparison.Ordinal);
        Assert.EndsWith(",O=08", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_room_holds_a_prefix_of_whole_characters()
    {
        var name = Relative(CommonName, "0C06C384C3962C62");
        const string Whole = "CN=ÄÖ\\,b";
        for (var room = 0; room <= 12; room++)
        {
            var space = new byte[room];
            var text = new UTF8Encoding(false, true).GetString(space, 0, DistinguishedName.Write(name, space));
            Assert.StartsWith(text, Whole, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_prefix_and_changed_bytes_are_harmless()
    {
        byte[] name = [.. Relative(Organization, "0C06C384C3962C62"), .. Relative(CommonName, "1E0400C40041"),
            .. Relative("2B0601040181FD59", "130161")];
        var random = new Random(20261121);
        var space = new byte[64];
        for (var length = 0; length < name.Length; length++)
            DistinguishedName.Write(name.AsSpan(..length), space);
        for (var i = 0; i < 5000; i++)
        {
            var changed = name.ToArray();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            Assert.InRange(DistinguishedName.Write(changed, space), 0, space.Length);
        }
    }

    private static string Write(byte[] name)
    {
        var space = new byte[512];
        return Encoding.UTF8.GetString(space, 0, DistinguishedName.Write(name, space));
    }

    private static byte[] Relative(params string[] parts)
    {
        var attributes = parts.Chunk(2).SelectMany(pair =>
            Wrap(DerElement.Sequence, [.. Wrap(DerElement.ObjectIdentifier, Hex(pair[0])), .. Hex(pair[1])]));
        return Wrap(DerElement.Set, [.. attributes]);
    }

    private static byte[] Wrap(byte tag, byte[] content) => [tag, (byte)content.Length, .. content];

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
