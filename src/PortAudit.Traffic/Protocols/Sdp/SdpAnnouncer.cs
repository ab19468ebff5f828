using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sdp;

/// <summary>Announces ports in SDP (RFC 8866, RFC 3264): media with their RTCP (RFC 3605, RFC 5761), and ICE candidates
/// (RFC 8839, RFC 6544 and older forms). The service is the kind of media, <c>audio</c>; for a candidate not in an
/// <c>m=</c> line <c>audio candidate</c>, because most candidates are tried once and never used.</summary>
/// <param name="endpoints">Receives the announcements.</param>
internal readonly struct SdpAnnouncer(AnnouncedEndpoints endpoints)
{
    /// <summary>Candidates read per medium: a host's addresses, each for RTP and RTCP, and relays.</summary>
    private const int MaximumCandidates = 128;

    /// <summary>Placeholder port when candidates follow (RFC 8840 §4.1.1), or for an endpoint that only connects (RFC
    /// 4145 §4.1).</summary>
    private const ushort Discard = 9;

    private const int Rtcp = 2;

    /// <summary>Announces the main ports. True when a medium is on hold without an address: earlier announcements stay
    /// valid (RFC 3264 §8.4).</summary>
    public bool AnnounceMedia(ReadOnlySpan<byte> text, bool isWhole, ulong session, ulong party,
        AnnouncementNotes notes)
    {
        var isHeld = false;
        var description = new SdpDescription(text, isWhole);
        while (description.MoveNext())
        {
            var media = description.Media;
            if (media.Port == 0 || media.Connection is not { } connection)
                continue;
            isHeld |= connection.Address.IsUnspecified;
            if (media.Port == Discard || (media.Transport.Transport == IpProtocol.Tcp
                && media.TryFind("a=setup:"u8, out var setup) && setup.SequenceEqual("active"u8)))
                continue;
            for (var i = 0; i < connection.Count; i++)
                AnnouncePorts(media, connection.At(i), session, party, notes);
        }

        return isHeld;
    }

    public void AnnounceCandidates(ReadOnlySpan<byte> text, bool isWhole, ulong session, ulong party,
        AnnouncementNotes notes)
    {
        var description = new SdpDescription(text, isWhole);
        while (description.MoveNext())
        {
            if (description.Media.Port != 0)
                AnnounceCandidates(description.Media, session, party, notes);
        }
    }

    private void AnnouncePorts(SdpMedia media, IpAddress address, ulong session, ulong party, AnnouncementNotes notes)
    {
        var (transport, protocol) = media.Transport;
        var kind = media.Kind();
        var hasOwnRtcp = media.Transport.IsRtp && transport == IpProtocol.Udp && !media.Has("rtcp-mux"u8);
        var step = media.Transport.IsRtp ? 2 : 1;
        for (var i = 0; i < media.PortCount && media.Port + i * step <= ushort.MaxValue; i++)
        {
            var end = new Endpoint(address, (ushort)(media.Port + i * step));
            endpoints.Announce(session, party, MediaPort.Of(end, transport, protocol, kind), notes);
            if (hasOwnRtcp && !media.TryFind("a=rtcp:"u8, out _) && MediaPort.TryGetNext(end, out var next))
                endpoints.Announce(session, party, MediaPort.Rtcp(next, kind), notes);
        }

        if (media.Transport.IsRtp && TryGetRtcp(media, address, out var control))
            endpoints.Announce(session, party, MediaPort.Of(control, transport, MediaPort.RtcpProtocol, kind), notes);
    }

    /// <summary>Port and optional address of <c>a=rtcp:</c> (RFC 3605 §2.1). With <c>a=rtcp-mux</c> it is used if the
    /// other side does not support multiplexing (RFC 5761 §5.1.1).</summary>
    private static bool TryGetRtcp(SdpMedia media, IpAddress address, out Endpoint control)
    {
        control = default;
        if (!media.TryFind("a=rtcp:"u8, out var value))
            return false;
        var rest = value;
        if (!PortNumber.TryParse(Words.Take(ref rest), out var port) || port is 0 or Discard)
            return false;
        control = new Endpoint(SdpConnection.TryParse(rest, out var own) ? own.Address : address, port);
        return true;
    }

    private void AnnounceCandidates(SdpMedia media, ulong session, ulong party, AnnouncementNotes notes)
    {
        string? name = null;
        var lines = media.Lines;
        for (var count = 0; count < MaximumCandidates && SdpLines.TryTake(ref lines, out var line);)
        {
            if (!line.StartsWith("a=candidate:"u8) && !line.StartsWith("a=x-candidate-ipv6:"u8))
                continue;
            count++;
            if (!SdpCandidate.TryParse(line[(line.IndexOf((byte)':') + 1)..], out var candidate) || !candidate.Listens
                || candidate.Port is 0 or Discard)
                continue;
            name ??= media.Kind() is { } kind ? $"{kind} candidate" : "candidate";
            var protocol = media.Transport.IsRtp && candidate.Component == Rtcp
                ? MediaPort.RtcpProtocol
                : media.Transport.Protocol;
            endpoints.Announce(session, party, MediaPort.Of(new Endpoint(candidate.Address, candidate.Port),
                candidate.Transport, protocol, name) with
            { IsCandidate = true }, notes);
        }
    }
}
