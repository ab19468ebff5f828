using System.Buffers.Binary;
using System.Text;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Credentials.CredentialBench;

namespace PortAudit.Tests.Credentials;

public sealed class CredentialReaderTests
{
    [Theory]
    [InlineData("300c020101600702010304008000", CredentialUse.None)] // anonymous
    // a name without a password proves nobody
    [InlineData("301102010160 0c020103040561646d696e8000", CredentialUse.None)]
    [InlineData("301202010160 0d020103040561646d696e800170", CredentialUse.Password)]
    [InlineData("301402010160 0f020103040561646d696ea303040158", CredentialUse.None)] // SASL
    // behind another message
    [InlineData("30050201014200 301202010260 0d020103040561646d696e800170", CredentialUse.Password)]
    public void A_simple_bind_with_a_password_is_seen(string hex, CredentialUse expected)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(expected, Read("ldap", bytes));
        AssertPrefixesAreHarmless("ldap", bytes);
    }

    [Theory]
    [InlineData("ftp", "USER bob\r\nPASS secret\r\n", CredentialUse.Password)]
    [InlineData("ftp", "USER anonymous\r\nPASS bob@example.org\r\n", CredentialUse.None)]
    [InlineData("ftp", "USER bob\r\nPASS sec", CredentialUse.None)] // the line goes on
    [InlineData("ftp", "USER bob\r\nAUTH TLS\r\n", CredentialUse.None)]
    [InlineData("pop", "USER bob\r\nPASS secret\r\n", CredentialUse.Password)]
    [InlineData("pop", "AUTH PLAIN AGJvYgBzZWNyZXQ=\r\n", CredentialUse.Password)]
    [InlineData("pop", "APOP bob c4c9334bac560ecc979e58001b3e22fb\r\n", CredentialUse.None)]
    [InlineData("imap", "a1 LOGIN bob secret\r\n", CredentialUse.Password)]
    [InlineData("imap", "a1 AUTHENTICATE PLAIN\r\n", CredentialUse.Password)]
    [InlineData("imap", "a1 AUTHENTICATE GSSAPI\r\n", CredentialUse.None)]
    [InlineData("smtp", "EHLO x\r\nAUTH LOGIN\r\n", CredentialUse.Password)]
    [InlineData("smtp", "EHLO x\r\nAUTH NTLM\r\n", CredentialUse.None)]
    [InlineData("http", "GET / HTTP/1.1\r\nauthorization: Basic Ym9iOnNlY3JldA==\r\n\r\n", CredentialUse.Password)]
    [InlineData("http", "GET / HTTP/1.1\r\nProxy-Authorization: basic Ym9iOnNlY3JldA==\r\n\r\n", CredentialUse.Password)
    ]
    [InlineData("http", "GET / HTTP/1.1\r\nAuthorization: Bearer Ym9iOnNlY3JldA==\r\n\r\n", CredentialUse.None)]
    [InlineData("http", "GET / HTTP/1.1\r\nX-Authorization: Basic Ym9i\r\n\r\n", CredentialUse.None)]
    public void A_password_in_clear_is_seen(string protocol, string text, CredentialUse expected)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        Assert.Equal(expected, Read(protocol, bytes));
        AssertPrefixesAreHarmless(protocol, bytes);
    }

    [Theory]
    [InlineData(24, 0u, CredentialUse.NtlmV1)]
    [InlineData(24, 0x0008_0000u, CredentialUse.Ntlm2Session)]
    [InlineData(200, 0x0008_0000u, CredentialUse.None)] // NTLMv2
    [InlineData(0, 0u, CredentialUse.None)] // anonymous
    public void The_first_version_of_NTLM_is_told_by_the_length_of_its_answer(ushort length, uint flags,
        CredentialUse expected)
    {
        var message = new byte[72];
        "NTLMSSP\0"u8.CopyTo(message);
        message[8] = 3;
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(20), length);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(60), flags);
        byte[] wrapped = [0x60, 0x48, .. message];

        Assert.Equal(expected, Read("smb2", wrapped));
        Assert.Equal(expected, Read("ldap", wrapped));
        Assert.Equal(expected, Read("http", Encoding.ASCII.GetBytes(
            $"GET / HTTP/1.1\r\nAuthorization: NTLM {Convert.ToBase64String(message)}\r\n\r\n")));
        AssertPrefixesAreHarmless("smb2", wrapped);
    }

    [Theory]
    [InlineData("3026020100", CredentialUse.Community)]
    [InlineData("3026020101", CredentialUse.Community)]
    [InlineData("3026020103", CredentialUse.None)]
    public void A_community_is_seen_by_the_version(string hex, CredentialUse expected) =>
        Assert.Equal(expected, Read("snmp", Convert.FromHexString(hex)));

    [Fact]
    public void HTTP_is_read_on_where_the_server_asked_for_proof()
    {
        var reader = ProtocolRegistry.Find("http")!.Credentials!;

        Assert.False(reader.Read(Payload("GET / HTTP/1.1\r\n\r\n"u8, "HTTP/1.1 401 Unauthorized\r\n\r\n"u8), out _));
        Assert.True(reader.Read(Payload("GET / HTTP/1.1\r\n\r\n"u8, "HTTP/1.1 200 OK\r\n\r\n"u8), out _));
    }
}
