using System.Runtime.CompilerServices;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Observers.Identification;
using PortAudit.Traffic.Observers.Refusals;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Names;

/// <summary>Collects host names: passes payloads of flows whose protocol carries names to its reader, within limits,
/// and reads TLS handshakes and names recorded in captures. Sees no other flows.</summary>
internal sealed class NameObserver
{
    /// <summary>Datagrams per flow read for names. DNS has two; NetBIOS and multicast DNS repeat themselves.</summary>
    public const int MaximumDatagrams = 250;

    /// <summary>Segments per connection read for names after identification: clients authenticate at the
    /// start.</summary>
    public const int MaximumSegments = 64;

    /// <summary>DNS names read per certificate. A certificate for many sites says little about the host.</summary>
    public const int MaximumCertificateNames = 8;

    private readonly NameNotes _notes = new();
    private readonly char[] _domain = new char[NameText.MaximumLength];
    private readonly FlowIdentifier _identifier;
    private readonly FlowDetailPool _details;
    private readonly RefusalObserver _refusals;
    private readonly bool _readsNames;

    /// <summary>Makes an observer of the streams of <paramref name="identifier"/>, which are passed to
    /// <paramref name="refusals"/> as well. Credentials go to <paramref name="details"/>; handshakes are read if
    /// <paramref name="readsNames"/>.</summary>
    public NameObserver(FlowIdentifier identifier, FlowDetailPool details, RefusalObserver refusals, bool readsNames) =>
        (_identifier, _details, _refusals, _readsNames) = (identifier, details, refusals, readsNames);

    public HostNameTable Book { get; } = new();

    /// <summary>Flows read only in part.</summary>
    public long FlowsReadInPart { get; private set; }

    /// <summary>Reads a payload of a flow with <see cref="FlowFlags.CarriesNames"/>. Separate from the caller, as most
    /// payloads are of other flows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Show(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, in SentPacket sent)
    {
        if (flow.Key.Transport != IpProtocol.Tcp)
            ReadDatagram(ref flow, payload, sent);
        else if (flow.Has(FlowFlags.IdentificationEnded))
            ShowSegment(ref flow, packet, payload, sent);
        else
            _refusals.Show(ref flow, sent.Frame);
    }

    /// <summary>Reads the streams of a connection that ends while they are kept.</summary>
    public void End(ref Flow flow)
    {
        if (flow.Has(FlowFlags.CarriesNames) && _identifier.StreamsOf(in flow) is not null)
            Finish(ref flow, default);
    }

    /// <summary>Stops reading a flow with <see cref="FlowFlags.CarriesNames"/> early.</summary>
    public void Stop(ref Flow flow)
    {
        flow.Flags &= ~FlowFlags.CarriesNames;
        if (flow.Key.Transport == IpProtocol.Tcp && flow.Has(FlowFlags.IdentificationEnded)
            && _identifier.StreamsOf(in flow) is not null)
            _identifier.ReleaseStreams(ref flow);
    }

    /// <summary>Reads the handshake of a finished flow: the server name requested by the client, and those in the
    /// server's certificate.</summary>
    public void NoteHandshake(ref readonly Flow flow, FlowRecord record)
    {
        if (_readsNames && record.Tls is { } tls && !flow.Has(FlowFlags.ThroughProxy))
            Note(tls, record);
    }

    private void Note(TlsHandshake tls, FlowRecord record)
    {
        var server = record.Responder.Address;
        _notes.Clear();
        _notes.AddText(server, NameBasis.Sni, tls.ServerName);
        for (var i = 0; i < Math.Min(tls.ServerNames.Length, MaximumCertificateNames); i++)
            _notes.AddText(server, NameBasis.Certificate, tls.ServerNames[i]);
        if (tls.ServerNames.IsEmpty)
            _notes.AddText(server, NameBasis.Certificate, SubjectText.HostOf(tls.ServerSubject));
        Book.Add(_notes, record.StartNs);
    }

    /// <summary>Reads address names recorded in a capture.</summary>
    public void NoteCapture(CaptureAnnotations annotations)
    {
        foreach (var captured in annotations.Names)
        {
            if (!IpAddress.TryParse(captured.Address, out var address))
                continue;
            _notes.Clear();
            _notes.AddText(address, NameBasis.Pcapng, captured.Name);
            Book.Add(_notes, timestampNs: null);
        }
    }

    private void ReadDatagram(ref Flow flow, ReadOnlySpan<byte> payload, in SentPacket sent)
    {
        var carries = NoteContent(ref flow, payload);
        if (flow.NamePackets == MaximumDatagrams)
            return;
        var byOriginator = sent.Sender == flow.Originator;
        _notes.Clear();
        var isOver = Read(ref flow, byOriginator ? payload : [], byOriginator ? [] : payload, sent.Frame);
        Book.Add(_notes, sent.TimestampNs);
        if (isOver)
            flow.Flags &= ~FlowFlags.CarriesNames;
        else if (++flow.NamePackets == MaximumDatagrams)
            GiveUp(ref flow, goesOn: carries);
    }

    /// <summary>Counts the data that names in a datagram can carry; true when names of the flow have carried
    /// some.</summary>
    private bool NoteContent(ref Flow flow, ReadOnlySpan<byte> payload)
    {
        var tallies = _details.Find(in flow)?.CarriedNames;
        if (ProtocolRegistry.At(flow.ProtocolRow)?.NameContent is not { } read
            || !read(payload, _domain, out var content))
            return tallies is not null;
        var domain = _domain.AsSpan(0, content.DomainLength);
        tallies ??= _details.Of(ref flow).CarriedNames = [];
        foreach (var tally in tallies)
        {
            if (!domain.SequenceEqual(tally.Domain))
                continue;
            tally.Add(content);
            return true;
        }

        if (tallies.Count == CarriedNames.MaximumPerFlow)
            return true;
        var added = new CarriedNameTally(domain.ToString());
        added.Add(content);
        tallies.Add(added);
        if (tallies.Count == CarriedNames.MaximumPerFlow)
            FlowsReadInPart++;
        return true;
    }

    private void ShowSegment(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, in SentPacket sent)
    {
        if (_identifier.StreamsOf(in flow) is not null)
            ReadSegment(ref flow, packet, payload, sent);
        else if (LaterStartOf(in flow) is { IsEmpty: false } start && payload.StartsWith(start))
            ReadLater(ref flow, payload, sent);
    }

    /// <summary>Reads a message by itself: its stream is no longer reassembled.</summary>
    private void ReadLater(ref Flow flow, ReadOnlySpan<byte> payload, in SentPacket sent)
    {
        var byOriginator = sent.Sender == flow.Originator;
        var shown = new NamePayload(isStream: true, flow.Key.AddressOf(flow.Originator),
            flow.Key.AddressOf(flow.Responder), byOriginator ? payload : [], byOriginator ? [] : payload);
        ReadCredentials(ref flow, ProtocolRegistry.At(flow.ProtocolRow)!.Credentials!, shown, sent.Frame);
    }

    private static ReadOnlySpan<byte> LaterStartOf(ref readonly Flow flow) =>
        ProtocolRegistry.At(flow.ProtocolRow)?.Credentials is { } reader ? reader.LaterStart : [];

    private void ReadSegment(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, in SentPacket sent)
    {
        // The segment that decided the protocol is already in the streams.
        var isFirst = flow.NamePackets++ == 0;
        var hasRoom = _identifier.TryExtend(ref flow, packet, payload, sent.Sender, out var grew);
        if (grew || isFirst)
            _refusals.Show(ref flow, sent.Frame);
        _notes.Clear();
        var streams = _identifier.StreamsOf(in flow)!;
        if ((grew || isFirst) && ReadStreams(ref flow, streams, sent.Frame)
            && RefusalObserver.IsOver(in flow))
        {
            Finish(ref flow, sent.Frame);
        }
        else if (!hasRoom || flow.NamePackets == MaximumSegments || (streams.Low.IsFull && streams.High.IsFull))
        {
            Finish(ref flow, sent.Frame);
            GiveUp(ref flow);
        }
    }

    /// <summary>Stops reading a flow, counted as read in part. Continues if its names carry data, or later messages of
    /// its protocol are read.</summary>
    private void GiveUp(ref Flow flow, bool goesOn = false)
    {
        if (!goesOn && LaterStartOf(in flow).IsEmpty)
            flow.Flags &= ~FlowFlags.CarriesNames;
        FlowsReadInPart++;
    }

    /// <summary>Streams are read again as they grow; only the notes of the last reading count.</summary>
    private void Finish(ref Flow flow, FrameReference frame)
    {
        _notes.Clear();
        ReadStreams(ref flow, _identifier.StreamsOf(in flow)!, frame);
        Book.Add(_notes, flow.LastNs);
        if (LaterStartOf(in flow).IsEmpty)
            flow.Flags &= ~FlowFlags.CarriesNames;
        _identifier.ReleaseStreams(ref flow);
    }

    private bool ReadStreams(ref Flow flow, StreamStart streams, FrameReference frame) =>
        Read(ref flow, streams.PresentOf(flow.Originator), streams.PresentOf(flow.Responder), frame);

    private bool Read(ref Flow flow, ReadOnlySpan<byte> fromOriginator, ReadOnlySpan<byte> fromResponder,
        FrameReference frame)
    {
        var (originator, responder) = (flow.Key.AddressOf(flow.Originator), flow.Key.AddressOf(flow.Responder));
        var payload =
            new NamePayload(flow.Key.Transport == IpProtocol.Tcp, originator, responder, fromOriginator, fromResponder);
        var row = ProtocolRegistry.At(flow.ProtocolRow);
        var isOver = row?.Names?.Read(payload, _notes) ?? true;
        return row?.Credentials is { } reader ? ReadCredentials(ref flow, reader, payload, frame) && isOver : isOver;
    }

    private bool ReadCredentials(ref Flow flow, ICredentialReader reader, in NamePayload payload, FrameReference frame)
    {
        var isOver = reader.Read(payload, out var use);
        if (use != CredentialUse.None)
            _details.Of(ref flow).Note(use, frame);
        return isOver;
    }
}
