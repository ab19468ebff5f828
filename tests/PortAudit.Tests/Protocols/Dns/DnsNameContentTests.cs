using System.Buffers.Binary;
using System.Text;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Dns;

namespace PortAudit.Tests.Protocols.Dns;

/// <summary>What a name can carry, and what ordinary lookups ask for.</summary>
public sealed class DnsNameContentTests
{
    private const string Hex32 = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("pafqcg3a.pirate.example", 10, "pirate.example", true)] // iodine's poll, type NULL
    [InlineData("0A0B0C0D0E0F0A0B0C.t.ab.co.uk", 15, "ab.co.uk", true)] // dnscat2, MX
    [InlineData("0a0b0c0d0e0f0a0b0c.example.com", 16, "example.com", false)]
    [InlineData("dnscat.546b03f50000000000a6023e.19e4d098dc8c", 5, "", true)] // dnscat2 without a domain
    [InlineData("abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuv.example.com", 16, "example.com", false)]
    [InlineData(Hex32 + "." + Hex32 + ".x" + Hex32 + ".example.com", 1, "example.com", false)] // 100 bytes
    public void Encoded_names_and_types_with_content_can_carry(string name, int type, string domain, bool isRare)
    {
        Assert.True(Read(Query(name, type), out var below, out var content));
        Assert.Equal((domain, true, isRare), (below, content.IsQuery, content.IsRare));
        Assert.Equal(name.Length - domain.Length + (domain.Length == 0 ? 1 : 0), content.NameBytes);
    }

    [Theory]
    [InlineData("www.example.com", 1)]
    [InlineData("example.com", 10)] // nothing before the domain
    [InlineData("e1234.dscb.akamaiedge.net", 28)]
    [InlineData("d111111abcdef8.cloudfront.net", 1)]
    [InlineData(Hex32 + ".safeframe.example.com", 1)]
    [InlineData(Hex32 + "." + Hex32 + "." + Hex32 + ".example.com", 1)] // 99 bytes
    [InlineData("0.0.0.0.1.0.0.4e.135jg5e1pd7s4735ftrqweufm5.avqs.example.com", 1)] // antivirus by hash
    [InlineData("mail._domainkey.example.com", 16)]
    [InlineData("_ldap._tcp.dc._msdcs.example.local", 33)]
    [InlineData("2da72e7a-93ee-41ad-a9ed-a77ca07ad9d8._msdcs.example.local", 5)]
    [InlineData("8.b.d.0.1.0.0.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa", 12)]
    [InlineData("example.com", 43)] // DS
    [InlineData("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example.com", 50)] // NSEC3
    public void Ordinary_names_carry_nothing(string name, int type) =>
        Assert.False(Read(Query(name, type), out _, out _));

    [Fact]
    public void An_answer_tells_the_bytes_of_its_records()
    {
        var query = Query(Hex32 + ".example.com", 16);
        query[2] = 0x80;
        query[7] = 1;
        byte[] answer = [.. query, 0xC0, 0x0C, 0, 16, 0, 1, 0, 0, 0, 0, 0, 3, 2, (byte)'o', (byte)'k'];

        Assert.True(Read(answer, out _, out var content));
        Assert.Equal((false, 0, 3), (content.IsQuery, content.NameBytes, content.AnswerBytes));
    }

    [Fact]
    public void A_name_is_the_same_in_either_case()
    {
        Read(Query(Hex32 + ".example.com", 16), out _, out var lower);
        Read(Query(Hex32.ToUpperInvariant() + ".EXAMPLE.com", 16), out var domain, out var upper);

        Assert.Equal((lower.NameHash, "example.com"), (upper.NameHash, domain));
    }

    [Fact]
    public void Every_prefix_and_every_changed_byte_is_read_without_an_exception_or_allocation()
    {
        var query = Query(Hex32 + ".example.com", 16);
        var domain = new char[255];
        DnsNameContent.Read(query, domain, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < query.Length; i++)
        {
            DnsNameContent.Read(query.AsSpan(0, i), domain, out _);
            query[i] ^= 0xFF;
            DnsNameContent.Read(query, domain, out _);
            query[i] ^= 0xFF;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>A query for a name.</summary>
    internal static byte[] Query(string name, int type)
    {
        var bytes = new List<byte> { 0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (var label in name.Split('.'))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }

        bytes.AddRange([0, 0, 0, 0, 1]);
        var query = bytes.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(query.AsSpan(query.Length - 4), (ushort)type);
        return query;
    }

    private static bool Read(byte[] message, out string domain, out NameContent content)
    {
        var text = new char[255];
        var carries = DnsNameContent.Read(message, text, out content);
        domain = new string(text, 0, Math.Max(0, content.DomainLength));
        return carries;
    }
}
