using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using PortAudit.Store.Contract;

namespace PortAudit.Store.Duck;

/// <summary>A connection to a file of DuckDB, whose failures are failures of the store.</summary>
internal sealed class DuckConnection : IDisposable
{
    /// <summary>Memory that DuckDB may take, in MB: a table of flows is read and written in pieces.</summary>
    public const int MaximumMegabytes = 512;

    private readonly DuckDBConnection _connection;
    private readonly string _location;

    private DuckConnection(string location, DuckDBConnection connection) =>
        (_location, _connection) = (location, connection);

    /// <summary>Opens a file, which is made where it is not there and may be written to.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static DuckConnection Open(string location, bool isToWrite)
    {
        var text = new DbConnectionStringBuilder
        {
            ["Data Source"] = Path.GetFullPath(location),
            ["ACCESS_MODE"] = isToWrite ? "READ_WRITE" : "READ_ONLY",
        };
        var opened = new DuckConnection(location, new DuckDBConnection(text.ConnectionString));
        try
        {
            opened.Guard(opened._connection.Open);
            opened.Run("SET autoinstall_known_extensions = false");
            opened.Run("SET autoload_known_extensions = false");
            opened.Run(string.Create(CultureInfo.InvariantCulture, $"SET memory_limit = '{MaximumMegabytes}MB'"));
            return opened;
        }
        catch (StoreException)
        {
            opened.Dispose();
            throw;
        }
    }

    public void Run(string sql) => Guard(() =>
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    });

    /// <summary>The number that a query gives.</summary>
    public long Scalar(string sql)
    {
        var number = 0L;
        Read(sql, row => number = row.GetInt64(0));
        return number;
    }

    /// <summary>Reads the rows of a query, a piece at a time, until it is cancelled.</summary>
    public void Read(string sql, Action<DbDataReader> row, CancellationToken cancellation = default) => Guard(() =>
    {
        using var command = Command(sql);
        command.UseStreamingMode = true;
        using var stopping = cancellation.Register(command.Cancel);
        try
        {
            using var rows = command.ExecuteReader();
            while (!cancellation.IsCancellationRequested && rows.Read())
                row(rows);
        }
        catch (DuckDBException) when (cancellation.IsCancellationRequested)
        {
            // A query that groups says nothing before its first row. What was read so far counts.
        }
    });

    public DuckDBTransaction Begin()
    {
        DuckDBTransaction? begun = null;
        Guard(() => begun = _connection.BeginTransaction());
        return begun!;
    }

    public DuckDBAppender Appender(string table)
    {
        DuckDBAppender? appender = null;
        Guard(() => appender = _connection.CreateAppender(table));
        return appender!;
    }

    /// <summary>Does something with the store.</summary>
    /// <exception cref="StoreException">It failed.</exception>
    public void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (IsOfStore(failure))
        {
            throw new StoreException(_location, DuckProblem.Of(failure));
        }
    }

    /// <summary>Does something that may fail, where a failure has been reported already.</summary>
    public static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (IsOfStore(failure) || failure is InvalidOperationException)
        {
            // A transaction that failed is over already. What is not undone here is undone when the file is opened.
        }
    }

    public void Dispose() => Try(_connection.Dispose);

    private static bool IsOfStore(Exception failure) =>
        failure is DuckDBException or InvalidDataException or DllNotFoundException or TypeInitializationException;

    private DuckDBCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
