using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Skinny;

/// <summary>Reads media ports from Skinny: those opened by phones, and the destinations given by call managers. Media
/// go between phones, which need not be endpoints of the connection. RTCP uses the next higher port. Valid until the
/// stream is closed.</summary>
internal sealed class SkinnyPortTracker : IDynamicPortTracker
{
    private readonly AnnouncedEndpoints _endpoints = new();

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        // After a gap, if no message begins here, the rest of the segment is meaningless.
        if (!SkinnyMessage.TryParse(message.Bytes, out var skinny, out var error))
            return error == ParseError.Incomplete ? 0 : message.Bytes.Length;
        if (skinny.TotalLength > message.Bytes.Length)
            return 0;
        if (SkinnyMedia.TryParse(skinny, out var media))
            Note(media, notes);
        return skinny.TotalLength;
    }

    /// <inheritdoc />
    public void Clear() => _endpoints.Clear();

    private void Note(SkinnyMedia media, AnnouncementNotes notes)
    {
        var party = (ulong)media.Side;
        if (media.IsOver)
        {
            _endpoints.Withdraw(media.Stream, party, notes);
            return;
        }

        var end = new Endpoint(media.Address, media.Port);
        _endpoints.Begin(media.Stream, party);
        _endpoints.Announce(media.Stream, party, MediaPort.Rtp(end, media.Kind), notes);
        if (MediaPort.TryGetNext(end, out var next))
            _endpoints.Announce(media.Stream, party, MediaPort.Rtcp(next, media.Kind), notes);
    }
}
