using System.Globalization;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OncRpc;

/// <summary>Reads ports of ONC RPC programs from replies of the port mapper, version 2, and rpcbind, versions 3 and 4
/// (RFC 1833), over UDP and TCP. Uses the mapper's own address: one in a reply may be known to the server
/// only.</summary>
internal sealed class RpcPortTracker : IDynamicPortTracker
{
    /// <summary>Pending calls at most; the oldest is dropped.</summary>
    public const int MaximumCalls = 32;

    /// <summary>Longest record read, in bytes: a list of some 300 programs, and half the window.</summary>
    public const int MaximumRecord = ControlMessage.MaximumStreamLength / 2;

    private readonly (uint TransactionId, RpcCall? Call)[] _calls = new (uint, RpcCall?)[MaximumCalls];
    private int _next;

    private delegate bool BindingReader(ref XdrReader reader, out RpcBinding binding);

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        if (!message.IsStream)
        {
            ReadMessage(message.Bytes, message, notes);
            return message.Bytes.Length;
        }

        var consumed = 0;
        while (consumed < message.Bytes.Length && !notes.IsOver)
        {
            var length = ReadRecord(message.Bytes[consumed..], message, notes);
            if (length == 0)
                break;
            consumed += length;
        }

        return consumed;
    }

    /// <inheritdoc />
    public void Clear()
    {
        Array.Clear(_calls);
        _next = 0;
    }

    /// <summary>Reads or skips the first record and returns its length; 0 to wait for more. Other bytes are dropped
    /// entirely: records begin with segments.</summary>
    private int ReadRecord(ReadOnlySpan<byte> stream, in ControlMessage carrier, AnnouncementNotes notes)
    {
        if (!RpcRecord.TryParse(stream, out var record, out var error))
            return error == ParseError.Incomplete ? 0 : stream.Length;
        var isMessage = RpcMessage.TryParse(record.First, out var message, out error);
        if (!isMessage && error != ParseError.Incomplete)
            return stream.Length;
        if (record.TotalLength > MaximumRecord)
        {
            if (isMessage && Concerns(message, notes))
                notes.Miss();
            return isMessage ? record.TotalLength : 0;
        }

        if (!record.IsWhole)
            return 0;
        if (record.FragmentCount == 1)
            ReadMessage(record.First, carrier, notes);
        else
            ReadFragments(record, carrier, notes);
        return record.TotalLength;
    }

    private void ReadFragments(RpcRecord record, in ControlMessage carrier, AnnouncementNotes notes)
    {
        Span<byte> message = stackalloc byte[MaximumRecord];
        ReadMessage(message[..record.CopyTo(message)], carrier, notes);
    }

    private void ReadMessage(ReadOnlySpan<byte> bytes, in ControlMessage carrier, AnnouncementNotes notes)
    {
        if (!RpcMessage.TryParse(bytes, out var message, out _) || !Concerns(message, notes))
            return;
        if (!message.IsCall)
            ReadReply(message, carrier, notes);
        else if (RpcCall.TryRead(message, carrier.Transport, out var call))
            Remember(message.TransactionId, call);
    }

    /// <summary>True for calls to the port mapper and their replies. A caller of another program requests no ports on
    /// this connection.</summary>
    private bool Concerns(RpcMessage message, AnnouncementNotes notes)
    {
        if (!message.IsCall)
            return IndexOf(message.TransactionId) >= 0;
        if (message.Program == RpcProgram.PortMapper)
            return true;
        notes.End();
        return false;
    }

    private void ReadReply(RpcMessage message, in ControlMessage carrier, AnnouncementNotes notes)
    {
        ref var awaited = ref _calls[IndexOf(message.TransactionId)];
        var call = awaited.Call!.Value;
        awaited = default;
        var results = new XdrReader(message.Body);
        switch (call.Procedure)
        {
            case RpcCall.Dump:
                ReadList(results, call.IsOfPortMapper ? RpcBinding.TryReadMapping : RpcBinding.TryReadBinding, call,
                    carrier, notes);
                break;
            case RpcCall.GetAddressList:
                ReadList(results, RpcBinding.TryReadEntry, call, carrier, notes);
                break;
            case var _ when call.IsOfPortMapper:
                if (results.TryReadUInt32(out var number))
                    Announce(new RpcBinding(call.Program, call.Transport, RpcBinding.PortOf(number)), carrier, notes);
                break;
            default:
                if (results.TryReadBytes(out var address))
                    Announce(new RpcBinding(call.Program, call.Transport, RpcBinding.PortOf(address)), carrier, notes);
                break;
        }
    }

    /// <summary>Reads a list: each entry follows a one, the last a zero (RFC 4506 §4.19). Bounded by the
    /// message.</summary>
    private static void ReadList(XdrReader results, BindingReader read, RpcCall call, in ControlMessage carrier,
        AnnouncementNotes notes)
    {
        while (results.TryReadUInt32(out var hasMore) && hasMore == 1 && read(ref results, out var binding))
            Announce(binding.Program == 0 ? binding with { Program = call.Program } : binding, carrier, notes);
    }

    /// <summary>Omits the mapper itself: the client has already found it.</summary>
    private static void Announce(RpcBinding binding, in ControlMessage carrier, AnnouncementNotes notes)
    {
        if (binding.Transport == default || binding.Port == 0 || binding.Program is 0 or RpcProgram.PortMapper)
            return;
        notes.Announce(new AnnouncementDraft(new Endpoint(carrier.Sender.Address, binding.Port), binding.Transport,
            carrier.Receiver.Address)
        {
            Protocol = RpcProgram.RowOf(binding.Program),
            Service = RpcProgram.NameOf(binding.Program),
            ServiceId = binding.Program.ToString(CultureInfo.InvariantCulture),
            IsStanding = true,
        });
    }

    private void Remember(uint transactionId, RpcCall call)
    {
        var index = IndexOf(transactionId);
        if (index < 0)
        {
            index = _next;
            _next = (_next + 1) % MaximumCalls;
        }

        _calls[index] = (transactionId, call);
    }

    private int IndexOf(uint transactionId)
    {
        for (var i = 0; i < MaximumCalls; i++)
        {
            if (_calls[i].Call is not null && _calls[i].TransactionId == transactionId)
                return i;
        }

        return -1;
    }
}
