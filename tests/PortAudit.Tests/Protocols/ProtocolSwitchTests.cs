using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Tests.Protocols;

/// <summary>Where a connection goes over to TLS, the next conversation begins with the ClientHello.</summary>
public sealed class HandOverTests
{
    private const byte Handshake = 0x16;

    public static TheoryData<string> Names =>
    [
        "ldap-starts-tls", "ldap-starts-tls-after-the-root-entry", "tds-goes-over-to-tls",
        "tds-server-wants-all-encrypted", "rdp-goes-over-to-tls", "mysql-goes-over-to-tls", "pgsql-goes-over-to-tls",
        "pgsql-goes-over-to-tls-after-gss-was-refused",
    ];

    public static TheoryData<string> Others => ["ldap-is-refused-tls", "tds-logs-in-after-pre-login",
        "tds-encrypts-the-login-alone", "rdp-refused", "rdp-with-a-negotiation-on-another-port", "mysql-login",
        "pgsql-is-refused-tls"];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_points_to_the_hello_and_goes_on_inside(string name)
    {
        var vector = RecogniserVector.Find(name);
        Ask(vector, vector.FromOriginator, vector.FromResponder, out var recognition);

        Assert.True(recognition.Next is { ContinuesInside: true });
        Assert.Equal(Handshake, vector.FromOriginator[recognition.Next.Value.FromOriginator]);
        Assert.True(recognition.Next.Value.FromResponder >= vector.FromResponder.Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_turns_with_the_ends(string name)
    {
        var vector = RecogniserVector.Find(name);
        Ask(vector, vector.FromOriginator, vector.FromResponder, out var forward);
        Ask(vector, vector.FromResponder, vector.FromOriginator, out var back);

        Assert.Equal((forward.Next!.Value.FromOriginator, forward.Next.Value.FromResponder),
            (back.Next!.Value.FromResponder, back.Next.Value.FromOriginator));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Until_both_ends_agreed_more_is_wanted(string name)
    {
        var vector = RecogniserVector.Find(name);
        Ask(vector, vector.FromOriginator, [], out var recognition);

        Assert.Null(recognition.Next);
        Assert.True(recognition.WantsMore);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void If_the_server_is_never_seen_the_hello_is_where_it_is(string name)
    {
        var vector = RecogniserVector.Find(name);
        Ask(vector, vector.FromOriginator, vector.FromResponder, out var agreed);
        Ask(vector, vector.FromOriginator, [], out var alone);

        // What the server alone wants, and whether it refused GSSAPI, nobody can know without it.
        if (name is "tds-server-wants-all-encrypted" or "pgsql-goes-over-to-tls-after-gss-was-refused")
            Assert.Null(alone.NextIfOneWay);
        else
            Assert.Equal(agreed.Next!.Value with { FromResponder = 0 }, alone.NextIfOneWay);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Where_tls_is_not_agreed_on_nothing_is_handed_over(string name)
    {
        var vector = RecogniserVector.Find(name);
        Ask(vector, vector.FromOriginator, vector.FromResponder, out var recognition);

        Assert.Null(recognition.Next);
        Assert.False(recognition.WantsMore);
    }

    private static void Ask(RecogniserVector vector, ReadOnlySpan<byte> originator, ReadOnlySpan<byte> responder,
        out Recognition recognition) =>
        Assert.Equal(RecogniserAnswer.Match, vector.Ask(ProtocolRegistry.Find(vector.Protocol!)!, originator, responder,
            isWhole: true, out recognition));
}
