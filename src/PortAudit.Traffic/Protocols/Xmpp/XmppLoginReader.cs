using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Xmpp;

/// <summary>Finds XMPP passwords in clear: SASL <c>PLAIN</c> (RFC 6120 §6.4.2, RFC 4616) and <c>LOGIN</c>, the login
/// before SASL (XEP-0078 §3), and in-band registration, including password change and data forms (XEP-0077 §3.1, §3.3,
/// §4). Bytes after STARTTLS are not shown to readers.</summary>
internal sealed class XmppLoginReader : ICredentialReader
{
    /// <summary>Elements of a name examined per direction: login comes at the start.</summary>
    private const int MaximumElements = 64;

    private static ReadOnlySpan<byte> PlainMechanisms => "PLAIN LOGIN"u8;

    /// <summary>Namespaces of queries with a password.</summary>
    private static ReadOnlySpan<byte> LoginNamespaces => "jabber:iq:auth jabber:iq:register"u8;

    /// <summary>Empty SASL content (RFC 6120 §6.4.2).</summary>
    private static ReadOnlySpan<byte> NoContent => "="u8;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, out CredentialUse use)
    {
        use = ShowsPassword(payload.FromOriginator) || ShowsPassword(payload.FromResponder)
            ? CredentialUse.Password
            : CredentialUse.None;
        return use != CredentialUse.None;
    }

    private static bool ShowsPassword(ReadOnlySpan<byte> sent) => ShowsSasl(sent) || ShowsQuery(sent);

    /// <summary>The password is in the request itself, or in a response to an empty challenge.</summary>
    private static bool ShowsSasl(ReadOnlySpan<byte> sent)
    {
        for (var i = 0; i < MaximumElements && XmlElement.TryTake(ref sent, "auth"u8, out var element); i++)
        {
            if (Words.Holds(PlainMechanisms, element.Attribute("mechanism"u8)))
                return HasContent(element) || (XmlElement.TryTake(ref sent, "response"u8, out var response)
                    && HasContent(response));
        }

        return false;
    }

    private static bool ShowsQuery(ReadOnlySpan<byte> sent)
    {
        for (var i = 0; i < MaximumElements && XmlElement.TryTake(ref sent, "query"u8, out var query); i++)
        {
            if (Words.Holds(LoginNamespaces, query.Attribute("xmlns"u8)) && HoldsPassword(query.Content("query"u8)))
                return true;
        }

        return false;
    }

    private static bool HoldsPassword(ReadOnlySpan<byte> query)
    {
        var rest = query;
        if (XmlElement.TryTake(ref rest, "password"u8, out var password) && HasContent(password))
            return true;
        rest = query;
        for (var i = 0; i < MaximumElements && XmlElement.TryTake(ref rest, "field"u8, out var field); i++)
        {
            var content = field.Content("field"u8);
            if (Words.Same(field.Attribute("var"u8), "password"u8)
                && XmlElement.TryTake(ref content, "value"u8, out var value) && HasContent(value))
                return true;
        }

        return false;
    }

    private static bool HasContent(XmlElement element) =>
        element.Text is { IsEmpty: false } text && !text.SequenceEqual(NoContent);
}
