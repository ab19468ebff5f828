using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Ndr;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reads the PDUs of a connection (C706 §12.6), or of a pipe instance. Skips irrelevant PDUs by
/// length.</summary>
/// <param name="overPipe">True when accepted interfaces listen on no port.</param>
internal sealed class RpcConnection(bool overPipe)
{
    private readonly RpcContexts _contexts = new();
    private readonly RpcCalls _calls = new();
    private readonly StubGathering[] _stubs = [new(), new()];
    private bool _isHidden;

    /// <summary>Reads unread bytes of one direction.</summary>
    /// <returns>Bytes consumed.</returns>
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        var stubs = _stubs[message.Sender.CompareTo(message.Receiver) < 0 ? 0 : 1];
        if (message.IsAfterGap)
            stubs.Clear();
        var done = 0;
        while (done < message.Bytes.Length)
        {
            var length = ReadNext(message.Bytes[done..], stubs, message, notes);
            if (length == 0)
                break;
            done += length;
        }

        return done;
    }

    public void Clear()
    {
        _contexts.Clear();
        _calls.Clear();
        foreach (var stubs in _stubs)
            stubs.Clear();
        _isHidden = false;
    }

    /// <summary>Reads one PDU.</summary>
    /// <returns>Its length, which may exceed the bytes present; for other bytes, the distance to the next PDU; 0 when
    /// more is needed.</returns>
    private int ReadNext(ReadOnlySpan<byte> bytes, StubGathering stubs, in ControlMessage message,
        AnnouncementNotes notes)
    {
        if (DceRpcOpening.BeginsWithBanner(bytes, out var banner))
            return banner;
        if (!DceRpcPdu.TryParse(bytes, out var pdu, out var error))
        {
            if (error == ParseError.Incomplete)
                return 0;
            stubs.Clear();
            return DceRpcPdu.FindNext(bytes);
        }

        if (!pdu.IsCut || !NeedsBody(pdu))
            Read(pdu, stubs, message, notes);
        else if (pdu.FragmentLength <= ControlMessage.MaximumStreamLength)
            return 0;
        else
            notes.Miss();
        return pdu.FragmentLength;
    }

    /// <summary>True when a PDU must be complete before it is read: of others only the header is read.</summary>
    private bool NeedsBody(DceRpcPdu pdu) => pdu.Type switch
    {
        DceRpcPduType.Bind or DceRpcPduType.AlterContext or DceRpcPduType.BindAcknowledgement
        or DceRpcPduType.AlterContextResponse => true,
        DceRpcPduType.Request =>
            !DceRpcCall.TryParse(pdu, out var call, out _) || _contexts.MayAnnounce(call.ContextId),
        DceRpcPduType.Response => _calls.TryFind(pdu.CallId, out _),
        _ => false,
    };

    private void Read(DceRpcPdu pdu, StubGathering stubs, in ControlMessage message, AnnouncementNotes notes)
    {
        if (pdu.IsOfNetlogonChannel && pdu.Type is (DceRpcPduType.Response
            or DceRpcPduType.BindAcknowledgement or DceRpcPduType.AlterContextResponse))
            notes.Carry(CarriedKind.Channel, CarriedUse.NetlogonChannel);
        if (DceRpcBind.TryParse(pdu, out var bind, out _))
            NoteIfAccepted(_contexts.Propose(pdu.CallId, bind), message.Receiver, message, notes);
        else if (DceRpcBindAcknowledgement.TryParse(pdu, out var acknowledgement, out _))
            ReadResults(pdu, acknowledgement, message, notes);
        else if (pdu.Type == DceRpcPduType.BindRefusal)
            _contexts.Refuse(pdu.CallId);
        else if (pdu.Type == DceRpcPduType.Fault)
            _calls.Remove(pdu.CallId);
        else if (pdu.Type == DceRpcPduType.Request && DceRpcCall.TryParse(pdu, out var request, out _))
            ReadRequest(pdu, request, stubs, message, notes);
        else if (pdu.Type == DceRpcPduType.Response && DceRpcCall.TryParse(pdu, out var response, out _))
            ReadResponse(pdu, response, stubs, message, notes);
    }

    /// <summary>Reads which interfaces the server accepts. They listen at the flow's endpoint: a different port in the
    /// secondary address is on the far side of address translation, in another flow.</summary>
    private void ReadResults(DceRpcPdu pdu, DceRpcBindAcknowledgement acknowledgement, in ControlMessage message,
        AnnouncementNotes notes)
    {
        for (var index = 0; index < acknowledgement.ResultCount; index++)
        {
            var isAccepted = acknowledgement.Accepts(index, out var syntax);
            if (_contexts.TryAccept(pdu.CallId, index, isAccepted, syntax, out var uuid))
                NoteIfAccepted(uuid, message.Sender, message, notes);
        }
    }

    private void NoteIfAccepted(Guid? accepted, Endpoint server, in ControlMessage message, AnnouncementNotes notes)
    {
        if (accepted is not { } uuid)
            return;
        if (RpcInterfaces.Find(uuid) is { } name)
            notes.Carry(CarriedKind.Interface, name);
        if (!overPipe && !RpcService.IsWellKnown(server.Port))
            notes.Announce(RpcService.Of(uuid, server, message.Transport, client: null) with { IsOnPortItself = true });
    }

    private void ReadRequest(DceRpcPdu pdu, DceRpcCall request, StubGathering stubs, in ControlMessage message,
        AnnouncementNotes notes)
    {
        if (pdu.IsFirstFragment && _contexts.TryFind(request.ContextId, out var called) && called.Name is { } name)
        {
            notes.Carry(CarriedKind.Call, name, request.Operation);
            if (name == NetlogonLogon.Interface && !pdu.IsCut
                && NetlogonLogon.HasZeroCredential(request.Operation, request.Stub))
                notes.Carry(CarriedKind.Attack, CarriedUse.ZeroCredential);
        }

        if (!_contexts.MayAnnounce(request.ContextId) || IsHidden(pdu, notes))
            return;
        if (pdu.IsFirstFragment)
            _calls.Add(pdu.CallId, request.ContextId, request.Operation, ArgumentIn(request.Stub, pdu.IsLittleEndian));
        if (!_contexts.TryFind(request.ContextId, out var context)
            || RpcOperations.Find(context.Interface, request.Operation) is not { IsRequest: true } operation)
            return;
        if (stubs.TryComplete(new RpcCallKey(pdu.CallId), pdu.IsFirstFragment, pdu.IsLastFragment, request.Stub, notes,
            out var stub))
            operation.Read(new RpcStub(stub, new NdrSyntax(pdu.IsLittleEndian, context.Is64), message.Receiver.Address,
                message.Sender.Address), notes);
    }

    private void ReadResponse(DceRpcPdu pdu, DceRpcCall response, StubGathering stubs, in ControlMessage message,
        AnnouncementNotes notes)
    {
        if (!_calls.TryFind(pdu.CallId, out var call))
            return;
        if (pdu.IsLastFragment)
            _calls.Remove(pdu.CallId);
        if (call.Context != response.ContextId || !_contexts.TryFind(call.Context, out var context)
            || IsHidden(pdu, notes))
            return;
        if (RpcOperations.Find(context.Interface, call.Operation) is not { IsRequest: false } operation)
            return;
        if (!stubs.TryComplete(new RpcCallKey(pdu.CallId), pdu.IsFirstFragment, pdu.IsLastFragment, response.Stub,
            notes, out var stub))
            return;
        var syntax = new NdrSyntax(pdu.IsLittleEndian, context.Is64);
        operation.Read(new RpcStub(stub, syntax, message.Sender.Address,
            message.Receiver.Address)
        { Argument = call.Argument }, notes);
    }

    /// <summary>True for encrypted stub data; reported once.</summary>
    private bool IsHidden(DceRpcPdu pdu, AnnouncementNotes notes)
    {
        if (!pdu.IsSealed)
            return false;
        if (!_isHidden)
            notes.HideSome();
        return _isHidden = true;
    }

    private static uint? ArgumentIn(ReadOnlySpan<byte> stub, bool isLittleEndian)
    {
        var reader = new NdrReader(stub, new NdrSyntax(isLittleEndian, Is64: false));
        var argument = reader.UInt32();
        return reader.HasFailed ? null : argument;
    }
}
