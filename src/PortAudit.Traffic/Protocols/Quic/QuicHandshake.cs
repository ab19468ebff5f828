using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tls;

namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>Reads the hellos of a QUIC connection from its Initial packets, whose keys are public (RFC 9001 §5.2):
/// server name, ALPN and JA4 input. The rest of the handshake is secret.</summary>
internal sealed class QuicHandshake
{
    /// <summary>Initial packets decrypted per connection: a hello takes one or two, and some are repeated.</summary>
    public const int MaximumPackets = 8;

    private readonly QuicCryptoStream _client = new();
    private readonly QuicCryptoStream _server = new();
    private readonly byte[] _destination = new byte[QuicVersion.MaximumIdLength];
    private int _destinationLength;
    private int _packets;
    private bool _isClientKnown;
    private bool _isOriginatorClient;

    /// <summary>True when nothing more is to be read.</summary>
    public bool IsOver => _packets >= MaximumPackets || (_client.IsComplete && _server.IsComplete);

    /// <summary>The side whose packets were decrypted as the client's.</summary>
    public ClientSide Client => !_isClientKnown ? ClientSide.Unknown
        : _isOriginatorClient ? ClientSide.Originator : ClientSide.Responder;

    /// <summary>True when the client's hello is complete.</summary>
    public bool HasHello => _client.IsComplete;

    public void Clear()
    {
        _client.Clear();
        _server.Clear();
        (_destinationLength, _packets, _isClientKnown) = (0, 0, false);
    }

    /// <summary>Reads a datagram; ignores one that does not begin with an Initial packet.</summary>
    public void Add(ReadOnlySpan<byte> datagram, bool isFromOriginator)
    {
        if (IsOver || !QuicInitialPacket.IsInitial(datagram, out var header))
            return;
        _packets++;
        var ofClient = !_isClientKnown || isFromOriginator == _isOriginatorClient;
        if (!_isClientKnown)
        {
            // the id follows the first byte, version and its length (RFC 9000 §17.2)
            datagram.Slice(6, header.DestinationIdLength).CopyTo(_destination);
            _destinationLength = header.DestinationIdLength;
        }

        Span<byte> room = stackalloc byte[QuicInitialPacket.MaximumLength];
        Span<byte> keys = stackalloc byte[QuicInitialKeys.Length];
        var derived = QuicInitialKeys.Derive(
            header.Version, _destination.AsSpan(0, _destinationLength), ofClient, keys);
        if (!QuicInitialPacket.TryOpen(datagram, header, derived, room, out var frames))
            return;
        if (!_isClientKnown)
            (_isClientKnown, _isOriginatorClient) = (true, isFromOriginator);
        (ofClient ? _client : _server).Add(frames);
    }

    /// <summary>Writes the handshake's notes; returns their length, 0 without a hello.</summary>
    public int Write(Span<byte> notes) =>
        HasHello ? TlsHandshakeNotes.WriteOverQuic(_client.Record, _server.Record, notes) : 0;

    /// <summary>The service named by the client's ALPN offer; null when ambiguous.</summary>
    public string? ServiceBy(AlpnServices services)
    {
        var flight = new TlsFlight { Services = services };
        flight.Read(_client.Record);
        return flight.Service;
    }
}
