using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Quic;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Reads the hellos of QUIC connections, and keeps what they show as those of TLS over TCP are kept.</summary>
/// <param name="pool">Where notes are kept; null to keep none.</param>
/// <param name="details">Where flows keep what it finds.</param>
/// <param name="naming">Writes what it finds.</param>
internal sealed class QuicReading(BufferPool? pool, FlowDetailPool details, FlowNaming naming)
{
    /// <summary>Index of QUIC in the registry.</summary>
    public static readonly int Row = ProtocolRegistry.Rows.IndexOf(
        ProtocolRegistry.Rows.Single(row => row.OverUdp is QuicRecogniser));

    private readonly Stack<QuicHandshake> _free = new();
    private readonly byte[] _notes = new byte[TlsHandshakeNotes.MaximumLength];

    /// <summary>Handshakes that were not kept because the bound of the buffers was reached.</summary>
    public long Skipped { get; private set; }

    /// <summary>A blank handshake.</summary>
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

    /// <summary>Keeps what the handshake showed, and takes it back.</summary>
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
