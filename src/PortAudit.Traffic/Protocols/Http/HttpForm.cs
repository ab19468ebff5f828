using System.Buffers.Text;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Detects a password in a form sent by <c>POST</c> (HTML standard §4.10.21, URL standard §5.1), by field name
/// only; of values only the presence is checked.</summary>
internal static class HttpForm
{
    /// <summary>Requests examined per connection.</summary>
    private const int MaximumRequests = 32;

    /// <summary>Bytes of a form examined: a login has a few hundred.</summary>
    private const int MaximumBody = 4096;

    /// <summary>Fields of a form examined.</summary>
    private const int MaximumFields = 128;

    private const int UnknownLength = -1;

    /// <summary>Start of a request that sends a form.</summary>
    public static ReadOnlySpan<byte> Method => "POST "u8;

    /// <summary>Field names of passwords, compared as a whole: plain words, OAuth 2 (RFC 6749 §4.3.2), Jakarta Servlet
    /// (§13.6.3) and widespread software. Omits ambiguous names.</summary>
    private static ReadOnlySpan<byte> PasswordNames =>
        "PASSWORD PASSWD PASS PWD PASSPHRASE J_PASSWORD USER_PASSWORD USERPASSWORD LOGIN_PASSWORD LOGINPASSWORD"u8;

    private static ReadOnlySpan<byte> FormType => "application/x-www-form-urlencoded"u8;

    /// <summary>True when one of the first requests of a stream is a form with a password; <paramref name="goesOn"/>
    /// when the last is a form that may still have one.</summary>
    public static bool HasPassword(ReadOnlySpan<byte> stream, out bool goesOn)
    {
        goesOn = false;
        for (var i = 0; i < MaximumRequests && !stream.IsEmpty; i++)
        {
            var isPost = stream.StartsWith(Method);
            if (!HttpHead.TryParse(stream, out var head))
            {
                goesOn = isPost && stream.Length < HttpHead.MaximumLength;
                return false;
            }

            var body = stream[head.Length..];
            var length = LengthOf(head);
            if (isPost && Words.Same(FieldParameters.Main(head.Field("Content-Type"u8)), FormType))
            {
                var limit = length == UnknownLength ? MaximumBody : Math.Min(length, MaximumBody);
                var form = body[..Math.Min(body.Length, limit)];
                if (HoldsPassword(form))
                    return true;
                goesOn = form.Length < limit;
            }

            if (length == UnknownLength || body.Length < length)
                return false;
            stream = body[length..];
        }

        return false;
    }

    /// <summary>Length of the body in bytes (RFC 9112 §6).</summary>
    private static int LengthOf(HttpHead head)
    {
        var length = head.Field("Content-Length"u8);
        if (length.IsEmpty)
            return head.Field("Transfer-Encoding"u8).IsEmpty ? 0 : UnknownLength;
        return Utf8Parser.TryParse(length, out int body, out _) && body >= 0 ? body : UnknownLength;
    }

    private static bool HoldsPassword(ReadOnlySpan<byte> form)
    {
        for (var i = 0; i < MaximumFields && !form.IsEmpty; i++)
        {
            var end = form.IndexOf((byte)'&');
            var field = end < 0 ? form : form[..end];
            form = end < 0 ? [] : form[(end + 1)..];
            var equals = field.IndexOf((byte)'=');
            if (equals > 0 && equals < field.Length - 1 && Words.Holds(PasswordNames, field[..equals]))
                return true;
        }

        return false;
    }
}
