using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Protocols.Sdp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sip;

/// <summary>Reads media ports from SIP offers and answers (RFC 3261, RFC 3262, RFC 3311, RFC 3264), including multipart
/// bodies. Valid until <c>BYE</c>, until the call is refused or canceled, or until the endpoint's next description.
/// Records the first final response if it refuses.</summary>
internal sealed class SipPortTracker : IDynamicPortTracker
{
    /// <summary>Longest message over TCP, in bytes: descriptions with candidates of several networks have some 10
    /// KiB.</summary>
    public const int MaximumLength = 28 * 1024;

    private const int Success = 200;
    private const int Redirection = 300;
    private const int Unauthorized = 401;
    private const int ProxyAuthenticationRequired = 407;

    // Created for the first description: most conversations are registrations without any.
    private AnnouncedEndpoints? _endpoints;
    private bool _isAnswered;

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        // Empty lines are keep-alives (RFC 3261 §7.5, RFC 5626 §3.5.1).
        var start = message.Bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (start < 0)
            return message.Bytes.Length;
        var bytes = message.Bytes[start..];
        if (!SipMessage.TryParse(bytes, out var sip, out var error))
            return start + (error == ParseError.Incomplete ? 0 : LengthOfLine(bytes));
        if (!message.IsStream)
        {
            ReadMessage(sip, message.ByOriginator, message.IsWhole && !sip.IsCut, notes);
            return message.Bytes.Length;
        }

        // In a stream the length is required (RFC 3261 §18.3); without it there is no body.
        var total = sip.HeadLength + (long)(sip.ContentLength ?? 0);
        if (sip.IsCut && total <= MaximumLength)
            return start;
        ReadMessage(sip, message.ByOriginator, !sip.IsCut, notes);
        return start + (int)Math.Min(total, int.MaxValue - start);
    }

    /// <inheritdoc />
    public void Clear()
    {
        _endpoints?.Clear();
        _isAnswered = false;
    }

    /// <summary>Skips other bytes, as after a stream gap, line by line.</summary>
    private static int LengthOfLine(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf((byte)'\n') is >= 0 and var feed ? feed + 1 : bytes.Length;

    private void ReadMessage(in SipMessage sip, bool byOriginator, bool isWhole, AnnouncementNotes notes)
    {
        var method = sip.Method;
        if (!_isAnswered && !byOriginator && SipRefusal.IsFinal(sip.StatusCode, method))
            NoteAnswer(sip, notes);
        if (!Words.Holds("INVITE ACK PRACK UPDATE BYE CANCEL"u8, method))
            return;
        var callId = sip.CallId;
        if (callId.IsEmpty)
            return;
        var call = SessionKey.Of(callId);
        if (Ends(sip, method, call))
            _endpoints?.Withdraw(call, notes);
        else if (sip.StatusCode < Redirection && Words.Holds("INVITE ACK PRACK UPDATE"u8, method) && sip.IsPlain)
            ReadDescriptions(sip, isWhole, call, notes);
        if (sip.StatusCode is >= Success and < Redirection && Words.Same(method, "INVITE"u8))
            _endpoints?.Accept(call);
    }

    private void NoteAnswer(in SipMessage sip, AnnouncementNotes notes)
    {
        notes.Answer(SipRefusal.Of(sip));
        _isAnswered = !SipRefusal.AsksForCredentials(sip);
    }

    private bool Ends(in SipMessage sip, ReadOnlySpan<byte> method, ulong call)
    {
        if (sip.IsRequest)
            return Words.Same(method, "BYE"u8) || (Words.Same(method, "CANCEL"u8) && !IsAccepted(call));

        // After an authentication challenge the client repeats the request.
        var isRefused = sip.StatusCode is >= Redirection and not (Unauthorized or ProxyAuthenticationRequired);
        return isRefused && Words.Same(method, "INVITE"u8) && !IsAccepted(call);
    }

    private bool IsAccepted(ulong call) => _endpoints is not null && _endpoints.IsAccepted(call);

    /// <summary>Reads every description. Main ports come first, so that one that is also a candidate is not announced
    /// as such.</summary>
    private void ReadDescriptions(in SipMessage sip, bool isWhole, ulong call, AnnouncementNotes notes)
    {
        Span<Range> room = stackalloc Range[SdpBody.MaximumDescriptions];
        var ranges = room[..SdpBody.Find(sip.ContentType, sip.Body, room)];
        if (ranges.IsEmpty)
            return;
        var party = SessionKey.Of(sip.SenderTag);
        var isHeld = false;
        _endpoints ??= new AnnouncedEndpoints();
        var announcer = new SdpAnnouncer(_endpoints);
        _endpoints.Begin(call, party);
        foreach (var range in ranges)
            isHeld |= announcer.AnnounceMedia(sip.Body[range], isWhole, call, party, notes);
        foreach (var range in ranges)
            announcer.AnnounceCandidates(sip.Body[range], isWhole, call, party, notes);
        if (!isHeld && isWhole)
            _endpoints.Finish(call, party, notes);
    }
}
