using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Protocols.Sdp;
using PortAudit.Traffic.Protocols.Tpkt;

namespace PortAudit.Traffic.Protocols.Megaco;

/// <summary>Reads media ports from text Megaco (H.248, RFC 3525): local and remote endpoints of a termination's stream,
/// in commands and replies. Valid until the termination is subtracted, or the same endpoint is described
/// again.</summary>
internal sealed class MegacoPortTracker : IDynamicPortTracker
{
    private readonly AnnouncedEndpoints _endpoints = new();
    private readonly SdpAnnouncer _announcer;

    public MegacoPortTracker() => _announcer = new SdpAnnouncer(_endpoints);

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        if (!message.IsStream)
        {
            ReadMessage(message.Bytes, message.IsWhole, notes);
            return message.Bytes.Length;
        }

        if (!TpktStream.TryTake(message.Bytes, out var payload, out var length))
            return 0;
        ReadMessage(payload, isWhole: true, notes);
        return length;
    }

    /// <inheritdoc />
    public void Clear() => _endpoints.Clear();

    /// <summary>A context to be chosen has no number: its transaction identifies it until the reply gives
    /// one.</summary>
    private void ReadMessage(ReadOnlySpan<byte> text, bool isWhole, AnnouncementNotes notes)
    {
        var (transaction, context, termination) = (0ul, 0ul, 0ul);
        var items = new MegacoText(text);
        while (items.MoveNext())
        {
            var name = items.Name;
            if (!items.Description.IsEmpty)
                Announce(items, context, termination, isWhole, notes);
            else if (items.Value.IsEmpty)
                continue;
            else if (Words.Holds("Transaction T Reply P"u8, name))
                transaction = SessionKey.With(SessionKey.Of("T"u8), items.Value);
            else if (Words.Holds("Context C"u8, name))
                context = Words.IsNumber(items.Value) ? SessionKey.Of(items.Value) : transaction;
            else if (Words.Holds("Add A Modify MF Move MV"u8, name))
                termination = SessionKey.Of(items.Value);
            else if (Words.Holds("Subtract S"u8, name))
                Subtract(items.Value, context, notes);
        }
    }

    private void Announce(MegacoText items, ulong context, ulong termination, bool isWhole, AnnouncementNotes notes)
    {
        var party = items.IsLocal ? LocalOf(termination) : RemoteOf(termination);
        _endpoints.Begin(context, party);
        var isHeld = _announcer.AnnounceMedia(items.Description, isWhole, context, party, notes);
        if (!isHeld && isWhole)
            _endpoints.Finish(context, party, notes);
    }

    private void Subtract(ReadOnlySpan<byte> termination, ulong context, AnnouncementNotes notes)
    {
        if (termination.SequenceEqual("*"u8))
        {
            _endpoints.Withdraw(context, notes);
            return;
        }

        var key = SessionKey.Of(termination);
        _endpoints.Withdraw(context, LocalOf(key), notes);
        _endpoints.Withdraw(context, RemoteOf(key), notes);
    }

    private static ulong LocalOf(ulong termination) => SessionKey.With(termination, "L"u8);

    private static ulong RemoteOf(ulong termination) => SessionKey.With(termination, "R"u8);
}
