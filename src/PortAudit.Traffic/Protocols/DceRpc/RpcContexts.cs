using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>The presentation contexts of a connection: those that the client proposed and the server did not yet
/// answer, and of the accepted ones those that have a name or whose calls may announce ports.</summary>
internal sealed class RpcContexts
{
    /// <summary>Contexts at most, more than one bind has; of more the oldest are forgotten.</summary>
    public const int Maximum = 2 * DceRpcBind.MaximumContexts;

    private readonly List<Context> _contexts = [];

    /// <summary>The call and transfer syntax of the latest context that was accepted without its proposal's having been
    /// seen; null without one.</summary>
    private (uint CallId, Guid Syntax)? _unseen;

    /// <summary>
    /// Notes what a bind or alter_context asks for. Authentication takes several of one call ([MS-RPCE] 3.3.1.5.2):
    /// what one asks for behind an answer is what was accepted by it, so that the interface is known where the first of
    /// them was not captured.
    /// </summary>
    /// <returns>The interface that an earlier answer accepted; null without one.</returns>
    public Guid? Propose(uint callId, DceRpcBind bind)
    {
        Guid? accepted = null;
        var contexts = new DceRpcBind.Contexts(bind);
        for (var place = 0; contexts.TryRead(out var id, out var uuid); place++)
        {
            if (_contexts.Count == Maximum)
                _contexts.RemoveAt(0);
            if (_unseen is { } unseen && unseen.CallId == callId && contexts.Offers(unseen.Syntax))
            {
                (_unseen, accepted) = (null, uuid);
                Keep(new Context(id, uuid), unseen.Syntax);
            }

            _contexts.Add(new Context(id, uuid) { CallId = callId, Place = place });
        }

        return accepted;
    }

    /// <summary>Takes the result for the oldest context that was proposed at a place of a bind. True when one was, and
    /// it is accepted.</summary>
    /// <param name="callId">Call identifier of bind and answer.</param>
    /// <param name="place">The place, from 0.</param>
    /// <param name="isAccepted">What the server says.</param>
    /// <param name="syntax">The transfer syntax that it accepts.</param>
    /// <param name="uuid">The interface.</param>
    public bool TryAccept(uint callId, int place, bool isAccepted, Guid syntax, out Guid uuid)
    {
        uuid = default;
        var index = _contexts.FindIndex(context =>
            !context.IsAccepted && context.CallId == callId && context.Place == place);
        if (index < 0)
        {
            _unseen = isAccepted ? (callId, syntax) : _unseen;
            return false;
        }

        var context = _contexts[index];
        _contexts.RemoveAt(index);
        if (!isAccepted)
            return false;
        uuid = context.Interface;
        Keep(context, syntax);
        return true;
    }

    /// <summary>Keeps an accepted context that has a name or may announce.</summary>
    private void Keep(Context context, Guid syntax)
    {
        _contexts.RemoveAll(other => other.IsAccepted && other.Id == context.Id);
        var name = RpcInterfaces.Find(context.Interface);
        if (name is not null || RpcOperations.HasAny(context.Interface))
            _contexts.Add(context with { IsAccepted = true, Is64 = syntax == NdrSyntax.Ndr64, Name = name });
    }

    /// <summary>Forgets what a refused bind proposed.</summary>
    public void Refuse(uint callId) => _contexts.RemoveAll(context => !context.IsAccepted && context.CallId == callId);

    /// <summary>True when a request with a context may announce a port: it was accepted, or proposed while the server's
    /// answer was not yet read.</summary>
    public bool MayAnnounce(ushort id)
    {
        foreach (var context in _contexts)
        {
            if (context.Id == id && RpcOperations.HasAny(context.Interface))
                return true;
        }

        return false;
    }

    /// <summary>Finds the context of an answer; false when it is not kept.</summary>
    public bool TryFind(ushort id, out Context found)
    {
        foreach (var context in _contexts)
        {
            found = context;
            if (context.Id == id && context.IsAccepted)
                return true;
        }

        found = default;
        return false;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _contexts.Clear();
        _unseen = null;
    }

    /// <summary>A presentation context.</summary>
    /// <param name="Id">Its identifier on the connection.</param>
    /// <param name="Interface">UUID of its interface.</param>
    internal readonly record struct Context(ushort Id, Guid Interface)
    {
        /// <summary>Call identifier of the bind that proposed it.</summary>
        public uint CallId { get; init; }

        /// <summary>Its place in that bind.</summary>
        public int Place { get; init; }

        /// <summary>True when the server accepted it.</summary>
        public bool IsAccepted { get; init; }

        /// <summary>True when its calls are written in NDR64.</summary>
        public bool Is64 { get; init; }

        /// <summary>Name of its interface, once it is accepted; null when it has none.</summary>
        public string? Name { get; init; }
    }
}
