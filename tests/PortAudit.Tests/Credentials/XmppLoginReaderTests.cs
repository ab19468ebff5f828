using System.Text;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Credentials.CredentialBench;

namespace PortAudit.Tests.Credentials;

public sealed class XmppLoginReaderTests
{
    private const string Header = "<?xml version='1.0'?><stream:stream to='example.org' xmlns='jabber:client' "
        + "xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";

    [Theory]
    // XEP-0077, examples 4, 12 and a data form of §4
    [InlineData("<iq type='set' id='reg2'><query xmlns='jabber:iq:register'><username>bill</username>"
        + "<password>Calliope</password><email>bard@shakespeare.lit</email></query></iq>", CredentialUse.Password)]
    [InlineData("<iq type=\"set\"><query xmlns=\"jabber:iq:register\">\n <password>\nnew</password></query></iq>",
        CredentialUse.Password)]
    [InlineData("<iq type='set'><query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'>"
        + "<field type='hidden' var='FORM_TYPE'><value>jabber:iq:register</value></field>"
        + "<field type='text-private' var='password'><value>Calliope</value></field></x></query></iq>",
        CredentialUse.Password)]
    // what is asked for is empty
    [InlineData("<iq type='get'><query xmlns='jabber:iq:register'/></iq>", CredentialUse.None)]
    [InlineData("<iq type='result'><query xmlns='jabber:iq:register'><username/><password/></query></iq>",
        CredentialUse.None)]
    [InlineData("<iq type='result'><query xmlns='jabber:iq:register'><password></password></query></iq>",
        CredentialUse.None)]
    [InlineData("<iq><query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='form'>"
        + "<field label='Password' var='password'><required/></field><field var='nick'><value>bill</value></field>"
        + "</x></query></iq>", CredentialUse.None)]
    // the field that has a value is another one
    [InlineData("<iq><query xmlns='jabber:iq:register'><x><field var='password'></field>"
        + "<field var='nick'><value>bill</value></field></x></query></iq>", CredentialUse.None)]
    // XEP-0078, examples 3 and 4
    [InlineData("<iq type='set' id='auth2'><query xmlns='jabber:iq:auth'><username>bill</username>"
        + "<password>Calli0pe</password><resource>globe</resource></query></iq>", CredentialUse.Password)]
    [InlineData("<iq type='set' id='auth2'><query xmlns='jabber:iq:auth'><username>bill</username>"
        + "<digest>48fc78be9ec8f86d8ce1c39c320c97c21d62334d</digest></query></iq>", CredentialUse.None)]
    // a password elsewhere is of something else, and so is what people write to each other
    [InlineData("<iq type='set'><query xmlns='jabber:iq:private'><password>x</password></query></iq>",
        CredentialUse.None)]
    [InlineData("<iq><query xmlns='jabber:iq:auth'><username/></query></iq><presence><x "
        + "xmlns='http://jabber.org/protocol/muc'><password>cauldronburn</password></x></presence>",
        CredentialUse.None)]
    [InlineData("<message><body>&lt;query xmlns='jabber:iq:auth'&gt;&lt;password&gt;x&lt;/password&gt;</body>"
        + "</message>", CredentialUse.None)]
    // RFC 6120 §9.1.2 and the other mechanisms
    [InlineData("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AGp1bGlldAByMG0zMG15cjBtMzA=</auth>",
        CredentialUse.Password)]
    [InlineData("<auth mechanism='PLAIN' xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/><response "
        + "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>AGp1bGlldAByMG0zMG15cjBtMzA=</response>", CredentialUse.Password)]
    [InlineData("<auth mechanism='PLAIN' xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", CredentialUse.None)]
    [InlineData("<auth mechanism='PLAIN' xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>=</auth>", CredentialUse.None)]
    [InlineData("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-1'>biwsbj1qdWxpZXQ=</auth>",
        CredentialUse.None)]
    [InlineData("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>PLAIN</auth>",
        CredentialUse.None)]
    [InlineData("<stream:features><mechanisms><mechanism>PLAIN</mechanism></mechanisms></stream:features>",
        CredentialUse.None)]
    public void A_password_in_clear_is_seen_and_nothing_else(string stanza, CredentialUse expected)
    {
        var bytes = Encoding.UTF8.GetBytes(Header + stanza);

        Assert.Equal(expected, Read("xmpp", bytes));
        AssertPrefixesAreHarmless("xmpp", bytes);
    }

    [Fact]
    public void A_password_that_is_cut_waits_for_its_end() => Assert.Equal(CredentialUse.None,
        Read("xmpp", "<?xml version='1.0'?><iq><query xmlns='jabber:iq:auth'><password>Calli"u8));

    [Fact]
    public void Many_elements_are_walked_within_bounds()
    {
        var many = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<query xmlns='jabber:iq:auth'>", 1000)));

        Assert.Equal(CredentialUse.None, Read("xmpp", many));
    }
}
