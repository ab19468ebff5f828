using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Quic;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Reads the hellos of QUIC connections and keeps their content like that of TLS over TCP.</summary>
/// <param name="pool">Buffers for the notes; null to keep none.</param>
/// <param name="details">Receives the notes.</param>
/// <param name="naming">Receives the names.</param>
internal sealed class QuicReading(BufferPool? pool, FlowDetailPool details, FlowNaming naming)
{
    /// <summary>Index of QUIC in the registry.</summary>
    public static readonly int Row = ProtocolRegistry.Rows.IndexOf(
        ProtocolRegistry.Rows.Single(row => row.OverUdp is QuicRecogniser));

    private readonly Stack<QuicHandshake> _free = new();
    private readonly byte[] _notes = new byte[TlsHandshakeNotes.MaximumLength];

    /// <summary>Handshakes not kept because the buffer bound was reached.</summary>
    public long Skipped { get; private set; }

    public QuicHandshake Rent() => _free.TryPop(out var free) ? free : new QuicHandshake();

    /// <summary>Reads a datagram. True when nothing more is to be read.</summary>
    public bool Add(ref Flow flow, QuicHandshake handshake, ReadOnlySpan<byte> payload, in SentPacket sent)
    {
        var originator = flow.Originator;
        var hadHello = handshake.HasHello;
        handshake.Add(payload, sent.Sender == originator);
        if (!hadHello && handshake.HasHello)
        {
            var service = handshake.ServiceBy(ProtocolRegistry.Alpn);
            var recognition = new Recognition
            {
                Client = handshake.Client,
                Service = service,
                ServiceBasis = service is null ? IdentificationBasis.None : IdentificationBasis.Handshake,
            };
            naming.Decide(ref flow, Row, recognition, originator, sent.Frame);
        }

        return handshake.IsOver;
    }

    /// <summary>Keeps the content of the handshake and returns it to the pool.</summary>
    public void Finish(ref Flow flow, QuicHandshake handshake)
    {
        var length = pool is null ? 0 : handshake.Write(_notes);
        handshake.Clear();
        _free.Push(handshake);
        if (length == 0)
            return;
        if (pool!.Rent(length) is not { } notes)
        {
            Skipped++;
            return;
        }

        _notes.AsSpan(0, length).CopyTo(notes);
        var detail = details.Of(ref flow);
        (detail.Notes, detail.NotesLength) = (notes, length);
    }
}
