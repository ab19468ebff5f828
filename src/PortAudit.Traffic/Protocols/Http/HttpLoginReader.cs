using System.Buffers;
using System.Buffers.Text;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Ntlm;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Finds insecure HTTP authentication: scheme <c>Basic</c> (RFC 7617) or a form (<see cref="HttpForm"/>), with
/// a password in clear, and NTLM ([MS-NTHT] 2.2).</summary>
internal sealed class HttpLoginReader : ICredentialReader
{
    /// <summary>Header fields examined per direction.</summary>
    private const int MaximumFields = 8;

    /// <summary>Bytes of a token decoded: an NTLM response has lengths and flags in the first 64.</summary>
    private const int MaximumToken = 4096;

    private static ReadOnlySpan<byte> Field => "uthorization: "u8;

    private static ReadOnlySpan<byte> Basic => "Basic "u8;

    /// <summary>Browsers log in on any open connection.</summary>
    ReadOnlySpan<byte> ICredentialReader.LaterStart => HttpForm.Method;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, out CredentialUse use)
    {
        use = Of(payload.FromOriginator, out var one) | Of(payload.FromResponder, out var other);
        return use != CredentialUse.None || !(one || other);
    }

    /// <summary>Authentication in a stream; <paramref name="goesOn"/> when more bytes may show more.</summary>
    private static CredentialUse Of(ReadOnlySpan<byte> stream, out bool goesOn)
    {
        var use = OfFields(stream);
        if (HttpForm.HasPassword(stream, out goesOn))
            use |= CredentialUse.Password;
        goesOn |= IsAsked(stream);
        return use;
    }

    /// <summary>True when a stream begins with an authentication challenge (RFC 9110 §15.5.2, §15.5.8): the next
    /// request may answer it.</summary>
    private static bool IsAsked(ReadOnlySpan<byte> stream) => stream.Length > 12 && stream.StartsWith("HTTP/1."u8)
        && (stream[9..].StartsWith("401"u8) || stream[9..].StartsWith("407"u8));

    private static CredentialUse OfFields(ReadOnlySpan<byte> stream)
    {
        var use = CredentialUse.None;
        for (var i = 0; i < MaximumFields && stream.IndexOf(Field) is >= 0 and var at; i++)
        {
            var name = stream[(stream[..at].LastIndexOf((byte)'\n') + 1)..at];
            stream = stream[(at + Field.Length)..];
            if (!Words.Holds("A PROXY-A"u8, name))
                continue;
            var end = stream.IndexOf((byte)'\r');
            if (end >= 0)
                use |= OfField(stream[..end]);
        }

        return use;
    }

    private static CredentialUse OfField(ReadOnlySpan<byte> value)
    {
        if (Words.Begins(value, Basic) && value.Length > Basic.Length)
            return CredentialUse.Password;
        Span<byte> token = stackalloc byte[MaximumToken];
        var base64 = value[(value.IndexOf((byte)' ') + 1)..];
        return Base64.DecodeFromUtf8(base64, token, out _, out var length) is OperationStatus.Done
            or OperationStatus.DestinationTooSmall
            ? NtlmReader.Of(token[..length])
            : CredentialUse.None;
    }
}
