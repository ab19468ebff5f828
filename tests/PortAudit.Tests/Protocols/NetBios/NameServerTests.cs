using PortAudit.Tests.Flows;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Protocols.NetBios;

/// <summary>Who answers for the names of others is a NetBIOS name server (RFC 1002 §4.2.1.1).</summary>
public sealed class NameServerTests
{
    private const string Node = "10.9.1.4";
    private const string Server = "10.9.1.9";
    private const string Name = "20 4648455046434c4548464345504646464143414341434143414341434143414c 00 0020 0001";
    private const string Question = "0001 0000 0000 0000" + Name;
    private const string Answer = "0000 0001 0000 0000" + Name + "000493e0";
    private const string Query = "914f 0100" + Question;
    private const string Absent = "914f 8583" + Answer + "0000";

    [Theory]
    [InlineData(Query, Absent)] // the name does not exist
    [InlineData(Query, "914f 8580" + Answer + "0006 6000 0a090107")] // it is another host's
    [InlineData(Query, "914f 8580" + Answer + "000c e000 0a090107 e000 0a090108")]
    [InlineData("914f 2900" + Question, "914f ad80" + Answer + "0006 6000 0a090104")] // registered
    [InlineData("914f 4100" + Question, "914f c180" + Answer + "0006 6000 0a090104")] // refreshed
    [InlineData("914f 7900" + Question, "914f bc00" + Answer + "0002 2900")] // to be waited for
    public void An_answer_for_others_to_one_that_asked_is_of_a_name_server(string asked, string answered) =>
        Assert.Equal(("nbns", "wins", IdentificationBasis.Payload), Named(Node, asked, Server, answered));

    [Theory]
    [InlineData("914f 0110" + Question, Absent)] // asked by broadcast
    [InlineData(Query, "914f 8580" + Answer + "0006 6000 0a090109")] // its own name
    [InlineData(Query, "914f 8500" + Answer + "0006 6000 0a090107")] // as a node answers
    [InlineData(Query, "914f 8503" + Answer + "0000")]
    [InlineData(Query, "914f 8580" + Answer + "0006 60")] // cut
    [InlineData(Query, "9150 8583" + Answer + "0000")] // to something else
    [InlineData("914f 2910" + Question, "914f ad86" + Answer + "0006 6000 0a090109")] // the name is defended
    public void Anything_else_is_what_nodes_say(string asked, string answered) =>
        Assert.Equal(("nbns", null, IdentificationBasis.None), Named(Node, asked, Server, answered));

    [Fact]
    public void An_answer_alone_proves_nothing() =>
        Assert.Null(new ObservedTraffic().At(0, Udp(Server, 137, Node, 137, Hex.Bytes(Absent))).Flow().Service);

    [Fact]
    public void A_server_that_asked_first_is_not_taken_for_the_one_that_is_asked() => Assert.Null(new ObservedTraffic()
        .At(0, Udp(Server, 137, Node, 137, Hex.Bytes(Query)))
        .At(0.1, Udp(Node, 137, Server, 137, Hex.Bytes("9150 0100" + Question)))
        .At(0.2, Udp(Server, 137, Node, 137, Hex.Bytes("9150 8583" + Answer + "0000"))).Flow().Service);

    [Fact]
    public void An_answer_after_others_is_read_too() => Assert.Equal("wins", new ObservedTraffic()
        .At(0, Udp(Node, 137, Server, 137, Hex.Bytes(Query)))
        .At(0.1, Udp(Server, 137, Node, 137, Hex.Bytes("914f 8580" + Answer + "0006 6000 0a090109")))
        .At(0.2, Udp(Node, 137, Server, 137, Hex.Bytes("9150 0100" + Question)))
        .At(0.3, Udp(Server, 137, Node, 137, Hex.Bytes("9150 8583" + Answer + "0000"))).Flow().Service);

    private static (string?, string?, IdentificationBasis) Named(string from, string asked, string to, string answered)
    {
        var flow = new ObservedTraffic()
            .At(0, Udp(from, 137, to, 137, Hex.Bytes(asked)))
            .At(0.1, Udp(to, 137, from, 137, Hex.Bytes(answered))).Flow();
        return (flow.Protocol, flow.Service, flow.ServiceBasis);
    }
}
