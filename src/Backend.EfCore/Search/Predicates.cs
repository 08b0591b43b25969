using System.Linq.Expressions;

namespace Backend.EfCore.Search;

/// <summary>Puts predicates together to one expression tree, in which <see cref="Every"/> and <see cref="None"/> stand only when they are all of it.</summary>
static class Predicates
{
    public static Expression<Func<SearchRow, bool>> Every { get; } = row => true;

    public static Expression<Func<SearchRow, bool>> None { get; } = row => false;

    public static Expression<Func<SearchRow, bool>> Not(Expression<Func<SearchRow, bool>> predicate) =>
        predicate == Every ? None
        : predicate == None ? Every
        : Expression.Lambda<Func<SearchRow, bool>>(Expression.Not(predicate.Body), predicate.Parameters);

    public static Expression<Func<SearchRow, bool>> And(Expression<Func<SearchRow, bool>> left, Expression<Func<SearchRow, bool>> right) =>
        left == Every || right == None ? right : right == Every || left == None ? left : Combine(ExpressionType.AndAlso, left, right);

    public static Expression<Func<SearchRow, bool>> Or(Expression<Func<SearchRow, bool>> left, Expression<Func<SearchRow, bool>> right) =>
        left == None || right == Every ? right : right == None || left == Every ? left : Combine(ExpressionType.OrElse, left, right);

    /// <summary>Rows as a pair: which message it is, and whether a predicate holds for it.</summary>
    public static Expression<Func<SearchRow, SearchHit>> ToHit(Expression<Func<SearchRow, bool>> isCertain)
    {
        Expression<Func<SearchRow, bool, SearchHit>> shape = (row, certain) => new SearchHit(row.Message.Uid, certain);
        var body = new Substitution(shape.Parameters[1], isCertain.Body).Visit(shape.Body);
        return Expression.Lambda<Func<SearchRow, SearchHit>>(new Substitution(shape.Parameters[0], isCertain.Parameters[0]).Visit(body), isCertain.Parameters);
    }

    /// <summary>A predicate on part of a row as one on the row.</summary>
    public static Expression<Func<SearchRow, bool>> On<TPart>(Expression<Func<TPart, bool>> predicate, Expression<Func<SearchRow, TPart>> part) =>
        Expression.Lambda<Func<SearchRow, bool>>(new Substitution(predicate.Parameters[0], part.Body).Visit(predicate.Body), part.Parameters);

    static Expression<Func<SearchRow, bool>> Combine(ExpressionType type, Expression<Func<SearchRow, bool>> left, Expression<Func<SearchRow, bool>> right) =>
        Expression.Lambda<Func<SearchRow, bool>>(
            Expression.MakeBinary(type, left.Body, new Substitution(right.Parameters[0], left.Parameters[0]).Visit(right.Body)),
            left.Parameters);

    sealed class Substitution(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
